"""A server remembers which times it offered, but never offers what was taken or freed through another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.instant import Instant
from admitone.store.records.start_cache import StartCache
from admitone.usecases.times import offered_starts
from tests.support.api.calling import Api, a_rule, answered, token_of
from tests.support.api.deployment import Clock, Deployment, deployed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DAYS = ("2026-11-19", "2026-12-10")
FIRST, SECOND = "2026-11-19T09:00:00Z", "2026-11-20T09:30:00Z"


@pytest.fixture
async def other_server(redis_url: str, clock: Clock, deployment: Deployment) -> AsyncIterator[Deployment]:
    """A second server on the same Redis, which learns nothing from the first but through it."""
    assert deployment.url
    async with deployed(redis_url, clock) as running:
        yield running


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page with a general link."""
    return await admin.new_page(await admin.new_event_type(), slug="hanna")


class Lists:
    """The list of a page's times at several servers."""

    def __init__(self, page: Any, *servers: Deployment) -> None:
        self.page = page
        self.servers = servers

    async def all_the_same(self) -> list[str]:
        """The starts, which are the same from the memory of each server and computed anew."""
        told = [await self._starts(server) for server in self.servers]
        for server in self.servers:
            server.store.starts = StartCache()
        told += [await self._starts(server) for server in self.servers]
        told += [await self._starts(server) for server in self.servers]
        assert told == [told[0]] * len(told)
        return told[0]

    async def _starts(self, server: Deployment) -> list[str]:
        return await server.customer.starts(self.page["slug"], *DAYS)


async def test_whatever_changes_a_hosts_time_is_known_at_once(
    deployment: Deployment, other_server: Deployment, admin: Api, page: Any, clock: Clock
) -> None:
    lists, customer = Lists(page, deployment, other_server), deployment.customer
    free = await lists.all_the_same()
    assert {FIRST, SECOND} <= {*free}

    booking = await customer.booked("hanna", FIRST)
    assert await lists.all_the_same() == [start for start in free if start != FIRST]

    token = token_of(booking)
    answered(await customer.post(f"/manage/{token}/reschedule", {"start": SECOND}))
    assert await lists.all_the_same() == [start for start in free if start != SECOND]

    answered(await customer.post(f"/manage/{token}/cancel", {}))
    assert await lists.all_the_same() == free

    again = await customer.booked("hanna", FIRST)
    clock.now = Instant.parse(again["start"]) + 60  # a no-show is recorded from the start on
    running = await lists.all_the_same()
    later = await customer.booked("hanna", SECOND)
    path = f"/bookings/{again['id']}/no-show"
    answered(await admin.post(path))
    answered(await admin.delete(path))
    assert await lists.all_the_same() == [start for start in running if start != SECOND]

    answered(await admin.post(f"/bookings/{later['id']}/request-reschedule", {}))
    assert await lists.all_the_same() == running


async def test_giving_a_booking_to_another_host_changes_the_times_of_both(
    deployment: Deployment, other_server: Deployment, admin: Api
) -> None:
    event_type = await admin.new_event_type()
    users = [await deployment.user(name=name) for name in ("Ann", "Bob")]
    pages = [await user.new_page(event_type) for user in users]
    master = await admin.new_master_page(a_rule(event_type, await admin.new_pool(*pages)))
    of_ann, of_bob = (Lists(page, deployment, other_server) for page in pages)
    booking = await deployment.customer.booked(master["slug"], FIRST)
    before = await of_ann.all_the_same(), await of_bob.all_the_same()
    [there] = [page["owner"] for page, free in zip(pages, before, strict=True) if FIRST in free]
    answered(await admin.post(f"/bookings/{booking['id']}/reassign", {"host": there}))
    after = await of_ann.all_the_same(), await of_bob.all_the_same()
    assert after == before[::-1]


async def test_a_remembered_list_reads_no_bookings(
    deployment: Deployment, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host with very many bookings: only the changes are counted, with one more trip after one."""
    monkeypatch.setattr(offered_starts, "FEW", 0)
    customer = deployment.customer
    await customer.booked(page["slug"], FIRST)
    before = await customer.starts(page["slug"], *DAYS)
    trips = deployment.store.lines.trips
    assert await customer.starts(page["slug"], *DAYS) == before
    assert deployment.store.lines.trips - trips == 3
    await customer.booked(page["slug"], SECOND)
    trips = deployment.store.lines.trips
    assert await customer.starts(page["slug"], *DAYS) == [start for start in before if start != SECOND]
    assert deployment.store.lines.trips - trips == 4


async def test_a_lost_connection_ends_what_is_remembered(deployment: Deployment, page: Any) -> None:
    """After a failover, a number of changes that was turned back proves nothing."""
    await deployment.customer.starts(page["slug"], *DAYS)
    remembered = deployment.store.starts
    await deployment.store.client.client_kill_filter(skipme=True, _type="normal")
    await deployment.customer.starts(page["slug"], *DAYS)
    assert deployment.store.starts is not remembered


async def test_the_notice_and_the_window_pass_with_time(
    deployment: Deployment, other_server: Deployment, page: Any, clock: Clock
) -> None:
    lists = Lists(page, deployment, other_server)
    before = await lists.all_the_same()
    clock.forward(days=2, minutes=7)  # the page's window of sixty days ends after these days
    after = await lists.all_the_same()
    assert after[0] > before[0]
    assert after == [start for start in before if start >= after[0]]


async def test_settings_are_known_at_once(
    deployment: Deployment, other_server: Deployment, admin: Api, page: Any
) -> None:
    lists = Lists(page, deployment, other_server)
    before = await lists.all_the_same()
    schedule = {"timezone": "Europe/Paris", "weekly": {"thu": [["09:00", "10:00"]]}}
    answered(await admin.patch(f"/booking-pages/{page['id']}", {"schedule": schedule}))
    assert len(await lists.all_the_same()) < len(before)
