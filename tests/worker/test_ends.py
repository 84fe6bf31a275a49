"""Bookings complete by themselves and links expire by themselves, and both say so once."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.store.outbox.outbox import put_in
from admitone.store.records.bookings import cancel_booking
from admitone.store.records.links import update_link
from admitone.usecases.bookings.booking_complete import complete_booking
from admitone.usecases.links.link_expire import expire_links
from tests.support.factories import DAY, HOUR, NOW, TODAY, WORKSPACE, a_booking, an_event
from tests.support.invariants import check_invariants
from tests.support.store.actions import (
    a_store,
    empty,
    put_booking,
    put_link,
    read,
    slot_of,
    the_booking,
    the_link,
    try_book,
    try_cancel,
    try_move,
    try_no_show,
    try_reactivate,
    try_revoke,
)
from tests.support.store.examples import examples
from tests.support.worker.handlers import IgnoringOtherJobs
from tests.support.worker.workers import Workers, work_off

if TYPE_CHECKING:
    from admitone.store.store import Store
    from admitone.worker.worker import Worker

EARLY = NOW + 2 * DAY
LATE = NOW + 4 * DAY


@pytest.fixture
def worker(workers: Workers) -> Worker:
    return ends(workers)


def ends(workers: Workers) -> Worker:
    jobs = IgnoringOtherJobs({"booking.complete": complete_booking, "link.expire": expire_links})
    return workers.worker(jobs=jobs)


async def told(store: Store, *kinds: str) -> list[tuple[str, int]]:
    """What the activity stream says of ends: what, and of which time."""
    stream: Any = await store.client.xrange(store.keys(WORKSPACE).activity)
    events = [msgspec.json.decode(fields[b"event"]) for _, fields in stream]
    kinds = kinds or ("booking.completed", "link.expired")
    return [(event["type"], event["at"]) for event in events if event["type"] in kinds]


async def to(workers: Workers, worker: Worker, time: int) -> None:
    """Work at `time`, as all the time before."""
    await work_off(worker)
    workers.clock.now = time
    await work_off(worker)


async def expire_at(workers: Workers, link: str, expires: int | None) -> None:
    event = an_event("link.updated", link=link)
    there = await the_link(workers.store, link)
    await update_link(workers.store, WORKSPACE, there, event, {"expires": expires})


async def test_a_booking_is_completed_at_its_end_and_says_so_once(workers: Workers, worker: Worker) -> None:
    booking = await put_booking(workers.store)
    await to(workers, worker, booking.end - 1)
    assert await told(workers.store) == []
    await to(workers, worker, booking.end)
    assert await told(workers.store) == [("booking.completed", booking.end)]
    await to(workers, worker, booking.end + DAY)
    assert len(await told(workers.store)) == 1
    assert (await workers.rest())["delayed"] == 0
    assert await check_invariants(workers.store.client) == []


@pytest.mark.parametrize("by", [HOUR, -HOUR])
async def test_a_booking_that_was_moved_is_completed_at_its_new_end(
    workers: Workers, worker: Worker, by: int
) -> None:
    booking = await put_booking(workers.store)
    await work_off(worker)
    await try_move(workers.store, booking, slot_of(booking, by=by))
    await to(workers, worker, booking.end + min(by, 0) - 1)
    assert await told(workers.store) == []
    await to(workers, worker, booking.end)
    await to(workers, worker, booking.end + by)
    assert await told(workers.store) == [("booking.completed", booking.end + by)]


@pytest.mark.parametrize("end", [try_cancel, try_no_show])
async def test_a_booking_that_did_not_take_place_is_not_completed(
    workers: Workers, worker: Worker, end: Any
) -> None:
    booking = await put_booking(workers.store)
    await work_off(worker)
    await end(workers.store, booking)
    await to(workers, worker, booking.end)
    assert await told(workers.store) == []
    assert (await workers.rest())["delayed"] == 0


async def test_a_no_show_after_the_end_takes_the_completion_back(workers: Workers, worker: Worker) -> None:
    booking = await put_booking(workers.store)
    await to(workers, worker, booking.end)
    await try_no_show(workers.store, await the_booking(workers.store, booking.id))
    assert (await the_booking(workers.store, booking.id)).status == "no_show"
    assert await workers.store.client.hget(workers.store.keys(WORKSPACE).counts, "completed") == b"0"
    assert await check_invariants(workers.store.client) == []


async def test_a_link_expires_and_says_so_once(workers: Workers, worker: Worker) -> None:
    await put_link(workers.store, expires_at=EARLY)
    await to(workers, worker, EARLY - 1)
    assert await told(workers.store) == []
    await to(workers, worker, EARLY)
    await to(workers, worker, LATE)
    assert await told(workers.store) == [("link.expired", EARLY)]
    assert (await workers.rest())["delayed"] == 0


async def test_the_links_of_a_workspace_share_one_timer(workers: Workers, worker: Worker) -> None:
    for expires in (LATE, EARLY, None, EARLY, EARLY + HOUR):
        await put_link(workers.store, expires_at=expires)
    await work_off(worker)
    assert (await workers.rest())["delayed"] == 1
    assert await workers.due() == EARLY
    await to(workers, worker, EARLY)
    assert await workers.due() == EARLY + HOUR
    await to(workers, worker, LATE)
    assert sorted(at for _, at in await told(workers.store)) == [EARLY, EARLY, EARLY + HOUR, LATE]
    assert (await workers.rest())["delayed"] == 0
    assert await check_invariants(workers.store.client) == []


async def test_a_timer_of_one_link_which_schema_5_had_is_not_repeated(
    workers: Workers, worker: Worker
) -> None:
    first, second = [await put_link(workers.store, expires_at=expires) for expires in (EARLY, LATE)]
    await work_off(worker)
    workers.clock.now = EARLY
    await put_in(workers.store, WORKSPACE, [f"link.expire {WORKSPACE} l{one.id}" for one in (first, second)])
    await work_off(worker)
    assert await told(workers.store) == [("link.expired", EARLY)]
    assert (await workers.rest())["delayed"] == 1
    assert await workers.due() == LATE


@pytest.mark.parametrize("first", [EARLY, LATE])
async def test_a_link_whose_expiry_changed_expires_then(workers: Workers, worker: Worker, first: int) -> None:
    link = await put_link(workers.store, expires_at=first)
    await work_off(worker)
    then = EARLY + LATE - first
    await expire_at(workers, link.id, then)
    await to(workers, worker, min(first, then) - 1)
    await to(workers, worker, EARLY)
    await to(workers, worker, LATE)
    assert await told(workers.store) == [("link.expired", then)]


async def test_a_link_that_got_an_end_late_or_again_expires_then(workers: Workers, worker: Worker) -> None:
    link = await put_link(workers.store, expires_at=None)
    await to(workers, worker, EARLY)
    await expire_at(workers, link.id, EARLY + HOUR)
    await to(workers, worker, EARLY + HOUR)
    await expire_at(workers, link.id, LATE)
    await to(workers, worker, LATE)
    assert await told(workers.store) == [("link.expired", EARLY + HOUR), ("link.expired", LATE)]


async def test_a_link_that_came_to_another_end_does_not_expire(workers: Workers, worker: Worker) -> None:
    revoked, booked, endless = [await put_link(workers.store, expires_at=EARLY) for _ in range(3)]
    await work_off(worker)
    await try_revoke(workers.store, revoked.id)
    await put_booking(workers.store, link=booked.id, start=LATE + HOUR)
    await expire_at(workers, endless.id, None)
    await to(workers, worker, LATE)
    assert await told(workers.store) == []


async def test_a_link_that_became_active_again_expires_after_all(workers: Workers, worker: Worker) -> None:
    revoked, booked = [
        await put_link(workers.store, expires_at=expires, on_cancel="reactivate") for expires in (EARLY, LATE)
    ]
    await try_revoke(workers.store, revoked.id)
    booking = await put_booking(workers.store, link=booked.id, start=LATE + HOUR)
    await to(workers, worker, EARLY + HOUR)
    assert await told(workers.store) == []
    await try_reactivate(workers.store, await the_link(workers.store, revoked.id))
    await work_off(worker)
    assert await told(workers.store) == [("link.expired", EARLY)]
    event = an_event("booking.cancelled", booking=booking.id, link=booked.id)
    await cancel_booking(
        workers.store, WORKSPACE, await the_booking(workers.store, booking.id), event, EARLY + HOUR, TODAY
    )
    await to(workers, worker, LATE)
    assert await told(workers.store) == [("link.expired", EARLY), ("link.expired", LATE)]


@examples(20)
@given(
    changes=st.lists(
        st.tuples(
            st.sampled_from(["expire", "revoke", "reactivate", "book", "cancel", "work", "wait"]),
            st.integers(0, 5),
        ),
        max_size=12,
    )
)
def test_whatever_happens_to_a_link_it_says_that_it_has_expired_if_it_has(
    redis_url: str, changes: list[tuple[str, int]]
) -> None:
    """Until it has, everything may happen in any order, and the worker look whenever it likes."""

    async def scenario() -> None:
        async with a_store(redis_url) as store:
            await empty(store)
            await _live(Workers(store), changes)

    asyncio.run(scenario())


async def _live(workers: Workers, changes: list[tuple[str, int]]) -> None:
    store = workers.store
    worker = ends(workers)
    link = await put_link(store, expires_at=NOW + 3 * DAY, on_cancel="reactivate")
    booking = None
    for change, number in changes:
        now = workers.clock.now
        if change == "expire":
            await expire_at(workers, link.id, now + (number + 1) * DAY if number else None)
        elif change == "revoke":
            await try_revoke(store, link.id, now=now)
        elif change == "reactivate":
            await try_reactivate(store, await the_link(store, link.id))
        elif change == "book":
            booking = a_booking(link=link.id, start=now + (number + 20) * DAY)
            await try_book(store, booking, now=now)
        elif change == "cancel" and booking and (made := (await read(store, booking=booking.id)).booking):
            event = an_event("booking.cancelled", booking=booking.id, link=link.id)
            await cancel_booking(store, WORKSPACE, made, event, now, TODAY)
        elif change == "work":
            await work_off(worker)
        else:
            workers.clock.forward(hours=number)
    await work_off(worker)
    workers.clock.forward(days=10)
    await work_off(worker)
    found = await the_link(store, link.id)
    said = Counter(at for _, at in await told(store, "link.expired"))
    expired = not found.booked and found.revoked_at is None and found.expires_at is not None
    if expired:
        assert said[found.expires_at or 0] == 1
    assert all(times == 1 for times in said.values())
