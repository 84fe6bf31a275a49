"""A master page as customers see it: event type first, then everybody's times, and who it is with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered
from tests.support.customer.host import path_of
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN, AFTER_HOURS = "2026-11-19T09:00:00Z", "2026-11-19T19:00:00Z"


@pytest.mark.parametrize("is_one_time", [False, True])
async def test_an_event_type_is_chosen_first_and_then_a_time_of_anybody(
    host: Host, visitor: Visitor, master: Any, is_one_time: bool
) -> None:
    path = path_of(await host.api.new_link(master)) if is_one_time else "/talk-to-us"
    page = await visitor.page(path)
    assert "Talk to us" in page.text
    assert "Half an hour" in page.text
    assert "A whole hour" in page.text
    assert "Hanna" not in page.text
    assert "Otto" not in page.text
    [choose] = [link for link in page.links if host.event_type["id"] in link]

    page = await visitor.page(f"{path}?{choose.partition('?')[2]}&date=2026-11-19")
    starts = page.form().values("start")
    assert TEN in starts
    assert AFTER_HOURS in starts

    answer = await visitor.send(page.form(), path, start=AFTER_HOURS, **CARLA)
    ticket = await visitor.follow(answer)
    assert "with Otto Other" in ticket.text
    assert (await visitor.get(path)).status == (303 if is_one_time else 200)


async def test_one_person_is_named_before_booking_unless_the_page_says_otherwise(
    host: Host, visitor: Visitor, master: Any
) -> None:
    [_, hour] = master["rules"]
    path = f"/talk-to-us?event_type={hour['event_type']}"
    assert "with Hanna Host" in (await visitor.page(path)).text
    answered(await host.api.patch(f"/master-pages/{master['id']}", {"host_name": "after"}))
    assert "Hanna" not in (await visitor.page(path)).text


async def test_static_rules_end_a_one_time_page_in_neutral_words(
    host: Host, visitor: Visitor, master: Any
) -> None:
    path = path_of(await host.api.new_link(master))
    static = {"rule_type": "static", "pages": [host.page["id"]]}
    answered(await host.api.patch(f"/master-pages/{master['id']}", static, confirm=1))
    gone = await visitor.get(path)
    assert gone.status == 410
    assert "Talk to us" not in gone.text
    assert "Half an hour" in (await visitor.page("/talk-to-us")).text
