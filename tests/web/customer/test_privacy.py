"""`/privacy`: what the server stores, with figures that are those of the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.people.user import RetentionMonths
from tests.support.api.deployment import PUBLIC_URL
from tests.support.customer.host import path_of
from tests.web.customer.test_weight import MOST_BYTES, weigh

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor


async def test_it_says_what_is_stored_and_for_how_long(host: Host, visitor: Visitor) -> None:
    assert host.deployment.url
    answer = await visitor.get("/privacy")
    assert answer.status == 200
    for sentence in (
        f"What <bdi>{PUBLIC_URL.partition('//')[2]}</bdi> stores about you",
        "erased automatically, 120 months after their end or sooner",
        "in the browser in which you booked: 400 days",
        "a clock of 12 or 24 hours: 400 days",
        "A cookie keeps you signed in: 30 days",
        "Limited Use requirements",
    ):
        assert sentence in answer.text


def test_the_longest_time_is_what_a_workspace_can_set() -> None:
    assert msgspec.convert(120, RetentionMonths) == 120
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(121, RetentionMonths)


async def test_it_needs_no_script_sets_no_cookie_and_is_light(host: Host, visitor: Visitor) -> None:
    answer = await visitor.get("/privacy")
    assert host.deployment.url
    assert "<script" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "Acme" not in answer.text  # it is about no workspace
    assert await weigh(visitor, "/privacy") <= MOST_BYTES


@pytest.mark.parametrize("query", ["?clock=24", "?clock=%00", "?lang=<script>"])
async def test_its_address_takes_nothing(host: Host, visitor: Visitor, query: str) -> None:
    assert host.deployment.url
    assert (await visitor.get(f"/privacy{query}")).text == (await visitor.get("/privacy")).text


async def test_every_page_of_a_customer_leads_to_it(host: Host, visitor: Visitor) -> None:
    manage = await host.booked("2026-11-19T09:00:00Z")
    for path in (
        await host.path(),
        path_of(await host.link()),
        manage,
        f"{manage}/cancel",
        "/.0ABCDEFGHJKMNPQRSTVW",
    ):
        assert '<a href="/privacy">Privacy</a>' in (await visitor.get(path)).text, path
    assert '<a href="/privacy">Privacy</a>' in (await visitor.get("/")).text
