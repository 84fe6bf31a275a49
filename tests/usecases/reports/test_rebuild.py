"""Counters equal a plain recount over random histories, and `reports rebuild` finds the same."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admitone.domain.reports.day_range import DayRange
from admitone.domain.reports.figures import Dimension
from admitone.domain.reports.shares import LinkShare, Mark
from admitone.store.codes import Code
from admitone.store.records.erasures import erase_booking, erase_link
from admitone.store.records.reports.recount import read_reports_from, recount_link
from admitone.store.records.reports.sums import sum_by_key, sum_times
from admitone.usecases.reports.rebuild import Progress, rebuild_reports
from tests.support.factories import (
    DAY,
    HOUR,
    NOW,
    TODAY,
    WORKSPACE,
    a_booking,
    a_booking_data,
    a_link,
    some_settings,
)
from tests.support.invariants import check_invariants
from tests.support.raw_database import read_workspaces
from tests.support.reports.histories import ACTS, Histories
from tests.support.reports.invariants import report_hashes
from tests.support.reports.plain_recount import plain_recount
from tests.support.sizes import size
from tests.support.store.actions import (
    a_store,
    a_write,
    empty,
    put_booking,
    put_link,
    put_links,
    put_records,
    read,
    the_booking,
    the_link,
    try_book,
    try_cancel,
    try_no_show,
    try_undo,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store
    from tests.support.raw_database import Workspace
    from tests.support.reports.invariants import Hashes

ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland")
CLOCKS_CHANGE = int(datetime.fromisoformat("2026-10-24T20:00:00+00:00").timestamp())
ANYTHING = settings(
    max_examples=size(200, 12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Store]:
    """A store on a Redis that is empty."""
    async with a_store(redis_url) as store:
        yield store


async def _raw(store: Store) -> Workspace:
    [workspace] = [one for one in await read_workspaces(store.client) if one.id == WORKSPACE]
    return workspace


async def _in_zone(store: Store, zone: str, version: int = 0) -> int:
    return await put_records(
        store, a_write("settings", some_settings(reporting_timezone=zone), version=version)
    )


async def _rebuild(store: Store, most: int | None = None) -> int:
    """How many records were counted anew; with `most`, it is killed after so many parts."""
    parts = [Progress()]
    async for progress in rebuild_reports(store):
        parts.append(progress)
        if len(parts) - 1 == most:
            break
    return parts[-1].changed


async def _forget(store: Store) -> None:
    """Make all records those of a version that did not count."""
    async for key in store.client.scan_iter("*:report:*"):
        await store.client.delete(key)
    async for key in store.client.scan_iter("ao:{p*}:0ABC:*"):
        if await store.client.type(key) == b"hash":
            await store.client.hdel(key, "counted", "first_booked")


async def _counted(store: Store) -> Hashes:
    return report_hashes(await _raw(store))


STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 11)), min_size=5, max_size=30)


@ANYTHING
@given(steps=STEPS, later=STEPS, zones=st.permutations(ZONES), killed=st.integers(1, 3))
async def test_counters_are_those_of_a_recount(
    store: Store, steps: list[tuple[str, int]], later: list[tuple[str, int]], zones: list[str], killed: int
) -> None:
    await empty(store)
    version = await _in_zone(store, zones[0])
    histories = Histories(store, CLOCKS_CHANGE, zones[0])
    for step in steps:
        await histories.step(*step)
    raw = await _raw(store)
    assert report_hashes(raw) == plain_recount(raw, ZoneInfo(zones[0]))
    assert await _rebuild(store) == 0

    await _in_zone(store, zones[1], version)
    before = await _counted(store)
    histories.zone = ZoneInfo(zones[1])
    assert await _counted(store) == before
    for step in later:
        await histories.step(*step)
    assert await check_invariants(store.client) == []
    await _rebuild(store, killed)
    await _rebuild(store)
    raw = await _raw(store)
    expected = plain_recount(raw, ZoneInfo(zones[1]))
    assert report_hashes(raw) == expected
    assert await check_invariants(store.client) == []

    await _forget(store)
    await _rebuild(store, killed)
    await _rebuild(store)
    assert await _counted(store) == expected
    assert await _rebuild(store) == 0


async def test_one_booking_by_a_link_is_followed_to_every_figure(store: Store) -> None:
    await _in_zone(store, "UTC")
    link = await put_link(
        store, event_type="event-type", email="carla@one.test", channel="extension", created_at=NOW - 100 * 60
    )
    await read(store, link=link.id, fetched_at=NOW)
    await read(store, link=link.id, fetched_at=NOW)
    histories = Histories(store, NOW, "UTC")
    histories.links = [link.id]
    await histories.step("open", 0)
    data = a_booking_data(email="Carla@Two.test")
    booking = await put_booking(store, link=link.id, users=["paula", "rosa"], data=data, start=NOW + 3 * HOUR)
    of_link = {"made": 1, "fetched": 1, "opened": 1, "booked": 1}
    of_booking = {"scheduled": 1}
    expected = {
        "total": {"": of_link | of_booking},
        "page": {"page": of_link | of_booking},
        "event_type": {"event-type": of_link | of_booking},
        "host": {"user": of_link, "paula": of_booking, "rosa": of_booking},
        "channel": {"extension": of_link | of_booking},
        "domain": {"one.test": of_link, "two.test": of_booking},
        "workflow": {},
        "member": {},
        "canceller": {},
    }
    assert await _by_key(store) == expected
    times = await sum_times(store, WORKSPACE, DayRange(TODAY, TODAY))
    assert times == {"to_open.26": 1, "to_book.26": 1, "lead.29": 1}
    await try_cancel(store, booking)
    for keys in expected.values():
        for key, figures in keys.items():
            keys[key] = figures | ({"cancelled": 1} if "scheduled" in figures else {})
    expected["canceller"]["host"] = {"cancelled": 1}
    assert await _by_key(store) == expected


async def _by_key(store: Store) -> dict[str, dict[str, dict[str, int]]]:
    """The counters of today, by dimension, key and figure."""
    today = DayRange(TODAY, TODAY)
    return {
        dimension: await sum_by_key(store, WORKSPACE, dimension, today) for dimension in get_args(Dimension)
    }


async def test_a_link_that_is_booked_again_is_one_booked_link_with_two_bookings(
    store: Store,
) -> None:
    await _in_zone(store, "UTC")
    link = await put_link(store, on_cancel="reactivate")
    await try_cancel(store, await put_booking(store, link=link.id))
    await put_booking(store, link=link.id, start=NOW + 9 * HOUR)
    total = (await _by_key(store))["total"][""]
    assert (total["booked"], total["scheduled"], total["cancelled"]) == (1, 2, 1)
    assert await check_invariants(store.client) == []


async def test_a_no_show_is_taken_off_the_day_on_which_it_was_counted(store: Store) -> None:
    await _in_zone(store, "UTC")
    booking = await put_booking(store)
    await try_no_show(store, booking)
    before = await _counted(store)
    assert before["total:2026-11"]["no_show:18:"] == 1
    await try_undo(store, await the_booking(store, booking.id))
    assert await _counted(store) == {
        name: fields for name, counted in before.items() if (fields := +_without(counted, "no_show"))
    }


def _without(counted: Counter[str], figure: str) -> Counter[str]:
    return Counter({field: n for field, n in counted.items() if not field.startswith(f"{figure}:")})


async def test_domains_beyond_500_a_month_are_one(store: Store) -> None:
    await _in_zone(store, "UTC")
    await put_links(store, *(a_link(email=f"ann@domain-{number}.test") for number in range(499)))
    for number in (499, 500, 3):
        booking = a_booking(start=NOW + number * HOUR, data=a_booking_data(email=f"bea@domain-{number}.test"))
        assert (await try_book(store, booking)).code is Code.OK
    await put_links(store, a_link(email="ann@domain-501.test"), a_link(email="ann@domain-4.test"))
    domains = (await _by_key(store))["domain"]
    assert domains["domain-499.test"] == {"scheduled": 1}
    assert domains["*other"] == {"scheduled": 1, "made": 1}
    assert domains["domain-3.test"] == {"scheduled": 1, "made": 1}
    assert domains["domain-4.test"] == {"made": 2}
    assert len(domains) == 501
    before = await _counted(store)
    assert await _rebuild(store) == 0
    await _forget(store)
    await _rebuild(store)
    after = await _counted(store)
    assert (after.pop("domain:2026-11").total(), after) == (before.pop("domain:2026-11").total(), before)


async def test_days_of_which_something_was_erased_stay(store: Store) -> None:
    version = await _in_zone(store, "UTC")
    link, other = await put_link(store), await put_link(store, created_at=NOW - DAY)
    booking = await put_booking(store, link=link.id)
    await try_no_show(store, booking)
    booking = await the_booking(store, booking.id)
    code = await erase_booking(store, WORKSPACE, booking, now=NOW, before=booking.end)
    assert code is Code.OK
    assert await read_reports_from(store, WORKSPACE) == date(2026, 11, 19)
    assert await erase_link(store, WORKSPACE, await the_link(store, link.id), now=NOW) is Code.OK
    await _in_zone(store, "Pacific/Auckland", version)
    before = await _counted(store)
    assert await _rebuild(store) == 0
    assert await _counted(store) == before
    assert before["total:2026-11"]["made:18:"] == 2
    await store.client.hdel(store.keys(WORKSPACE).link(other.id), "counted")
    assert await _rebuild(store) == 1


async def test_a_record_that_changes_meanwhile_is_read_again(store: Store) -> None:
    await _in_zone(store, "UTC")
    link = await put_link(store)
    share = LinkShare(Mark.NONE, date(2026, 11, 17))
    await read(store, link=link.id, fetched_at=NOW)
    assert await recount_link(store, WORKSPACE, link, share, None) is Code.MOVED
    fetched = await the_link(store, link.id)
    assert await recount_link(store, WORKSPACE, fetched, share, None) is Code.OK
    assert await recount_link(store, WORKSPACE, fetched, share, None) is Code.MOVED
    assert (await _counted(store))["total:2026-11"] == {"made:17:": 1, "fetched:17:": 1}
