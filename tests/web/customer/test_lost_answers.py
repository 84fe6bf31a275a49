"""A form whose outcome is not known is given back, and sent again it is carried out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import aiohttp
import pytest

from admitone.store.redis.coalescer import ATTEMPTS
from tests.support.api.deployment import Clock, deployed
from tests.support.customer.host import Host, a_host
from tests.support.customer.visitor import CARLA, Visitor
from tests.support.flaky_link import Cut, FlakyLink, flaky_link
from tests.support.invariants import check_invariants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TEN = "2026-11-19T09:00:00Z"
ELEVEN = "2026-11-19T10:00:00Z"


class Broken(NamedTuple):
    """A host and a customer of a server whose connection to Redis can be cut."""

    link: FlakyLink
    host: Host
    visitor: Visitor

    def lose(self, script: str, cut: Cut) -> None:
        """Cut the connection at every attempt of the script's next call."""
        sha = self.host.deployment.store.scripts[script].sha.encode()
        self.link.cut(*[cut] * ATTEMPTS, matching=sha)


@pytest.fixture
async def broken(redis_url: str) -> AsyncIterator[Broken]:
    """The database must add up afterwards."""
    async with (
        flaky_link(redis_url) as link,
        deployed(link.url, Clock()) as deployment,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        yield Broken(link, await a_host(deployment), Visitor(http, deployment.url))
        assert await check_invariants(deployment.store.client) == []


async def known_scripts(broken: Broken) -> None:
    """Let Redis know each script: it is sent by its digest from then on."""
    manage = await broken.host.booked("2026-11-20T09:00:00Z")
    token = manage.rpartition("/")[2]
    customer = broken.host.deployment.customer
    await customer.post(f"/manage/{token}/reschedule", {"start": "2026-11-20T10:00:00Z"})
    await customer.post(f"/manage/{token}/cancel", {})


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
@pytest.mark.parametrize("path", ["/hanna-page", None], ids=["general", "one-time"])
async def test_a_booking(broken: Broken, cut: Cut, path: str | None) -> None:
    host, visitor = broken.host, broken.visitor
    await known_scripts(broken)
    path = path or await host.path()
    form = (await visitor.page(path)).form()
    broken.lose("book", cut)
    lost = await visitor.send(form, path, start=TEN, **CARLA)
    assert lost.status == 503
    assert "The connection was lost. You can safely try again." in lost.page.text
    again = lost.page.form()
    assert again.served["_nonce"] == form.served["_nonce"]
    assert "start" not in again.served
    assert CARLA.items() <= again.served.items()
    answer = await visitor.send(again, path, start=TEN)
    assert answer.location.startswith("/manage/")
    assert len([one for one in await host.bookings() if one["status"] == "scheduled"]) == 1


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
async def test_a_move_and_a_cancellation(broken: Broken, cut: Cut) -> None:
    host, visitor = broken.host, broken.visitor
    await known_scripts(broken)
    manage = await host.booked(TEN)
    move = (await visitor.page(f"{manage}/reschedule")).form()
    broken.lose("booking_reschedule", cut)
    lost = await visitor.send(move, manage, start=ELEVEN, reason="Later")
    assert lost.status == 503
    assert lost.page.form().served["reason"] == "Later"
    assert (await visitor.send(lost.page.form(), manage, start=ELEVEN)).location == manage
    assert (await host.bookings())[0]["reschedules"] <= 1

    cancel = (await visitor.page(f"{manage}/cancel")).form()
    broken.lose("booking_cancel", cut)
    lost = await visitor.send(cancel, manage, sure="1", reason="Ill")
    assert lost.status == 503
    assert "sure" not in lost.page.form().served
    assert (await visitor.send(lost.page.form(), manage, sure="1")).location == manage
    assert {booking["status"] for booking in await host.bookings()} == {"cancelled"}


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
async def test_a_booking_that_is_confirmed_without_scripts(broken: Broken, cut: Cut) -> None:
    host, visitor = broken.host, broken.visitor
    await known_scripts(broken)
    first = (await visitor.page("/hanna-page")).form()
    asked = await visitor.send_unmarked(first, "/hanna-page", start=TEN, **CARLA)
    broken.lose("book", cut)
    lost = await visitor.send_unmarked(asked.page.form(), "/hanna-page", _sure="1")
    assert lost.status == 503
    again = lost.page.form()
    assert "start" not in again.served
    answers = [
        await visitor.send(again, "/hanna-page", start=TEN),  # the same operation, with scripts or without
        await visitor.send_unmarked(asked.page.form(), "/hanna-page", _sure="1"),
        await visitor.send_unmarked(first, "/hanna-page", start=TEN, **CARLA),
    ]
    assert len({answer.location for answer in answers}) == 1
    assert len([one for one in await host.bookings() if one["status"] == "scheduled"]) == 1
