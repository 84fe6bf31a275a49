"""What happens to a booking afterwards: it is moved, cancelled, or the customer does not come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.exceptions import ResponseError

from admitone.store.codes import Code
from tests.support.factories import HOUR, NOW, WORKSPACE, a_booking, an_event_type
from tests.support.invariants import check_invariants
from tests.support.sizes import size
from tests.support.store.actions import (
    a_write,
    empty,
    put_booking,
    put_link,
    put_records,
    read,
    slot_of,
    the_booking,
    the_link,
    try_book,
    try_cancel,
    try_move,
    try_no_show,
)
from tests.support.store.close_bookings import keeps_distance, slots
from tests.support.store.examples import examples

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import ScriptAnswer, Store

    Change = Callable[[Store, Booking], Awaitable[ScriptAnswer]]

START = NOW + 10 * HOUR


async def move(store: Store, booking: Booking) -> ScriptAnswer:
    return await try_move(store, booking, slot_of(booking, by=HOUR))


CHANGES: dict[str, Change] = {"reschedule": move, "cancel": try_cancel, "no-show": try_no_show}
CHANGE = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


async def test_a_moved_booking_keeps_all_but_its_time(store: Store) -> None:
    link = await put_link(store)
    booking = await put_booking(store, link=link.id, users=["paula", "quentin"], before=300, after=600)
    slot = slot_of(booking, by=HOUR, before=0, after=900)
    assert (await try_move(store, booking, slot)).code is Code.OK
    expected = msgspec.structs.replace(
        booking, status="rescheduled", sequence=1, reschedules=1, moved=(NOW,), **msgspec.to_builtins(slot)
    )
    moved = await the_booking(store, booking.id)
    assert msgspec.structs.replace(moved, counted=booking.counted) == expected
    assert (await the_link(store, link.id)).booked == booking.id
    assert await check_invariants(store.client) == []


async def test_only_the_customers_reschedules_count(store: Store) -> None:
    booking = await put_booking(store)
    for sequence, by_customer in enumerate([True, False, True]):
        there = await the_booking(store, booking.id)
        assert there.sequence == sequence
        await try_move(store, there, slot_of(there, by=HOUR), by_customer=by_customer)
    assert (await the_booking(store, booking.id)).reschedules == 2
    assert await check_invariants(store.client) == []


@pytest.mark.parametrize("by", [0, 60, -60, HOUR // 2, HOUR])
async def test_a_bookings_own_time_is_free_for_it(store: Store, by: int) -> None:
    booking = await put_booking(store, start=START, before=900, after=900)
    assert (await try_move(store, booking, slot_of(booking, by=by))).code is Code.OK
    assert await check_invariants(store.client) == []


@pytest.mark.parametrize("busy", ["paula", "quentin"])
async def test_every_user_must_be_free_at_the_new_time(store: Store, busy: str) -> None:
    booking = await put_booking(store, start=START, users=["paula", "quentin"])
    await put_booking(store, start=START + HOUR, users=[busy])
    assert (await try_move(store, booking, slot_of(booking, by=HOUR))).code is Code.TAKEN
    assert await the_booking(store, booking.id) == booking
    assert await check_invariants(store.client) == []


async def test_the_time_that_a_booking_left_is_free(store: Store) -> None:
    booking = await put_booking(store, start=START)
    await try_move(store, booking, slot_of(booking, by=HOUR))
    assert (await try_book(store, a_booking(start=START))).code is Code.OK
    assert (await try_book(store, a_booking(start=START + HOUR))).code is Code.TAKEN


@pytest.mark.soak
@examples(size(500, 30))
@given(own=slots, others=st.lists(slots, max_size=8), wanted=st.lists(slots, min_size=1, max_size=4))
async def test_a_new_time_keeps_the_buffers_to_all_other_bookings(
    store: Store, own: Booking, others: list[Booking], wanted: list[Booking]
) -> None:
    await empty(store)
    assert (await try_book(store, own)).code is Code.OK
    kept = [other for other in others if (await try_book(store, other)).code is Code.OK]
    for slot in wanted:
        fits = all(keeps_distance(slot, other) for other in kept)
        answer = await try_move(store, await the_booking(store, own.id), slot_of(slot))
        assert answer.code is (Code.OK if fits else Code.TAKEN)
    assert await check_invariants(store.client) == []


@pytest.mark.parametrize(
    ("neighbour", "by", "longer"),
    [(-HOUR, 60, {"before": HOUR}), (HOUR, -60, {"after": HOUR})],
    ids=["earlier", "later"],
)
async def test_a_bookings_own_time_does_not_hide_its_neighbours(
    store: Store, neighbour: int, by: int, longer: dict[str, int]
) -> None:
    booking = await put_booking(store, start=START)
    await put_booking(store, start=START + neighbour)
    assert (await try_move(store, booking, slot_of(booking, by=by, **longer))).code is Code.TAKEN
    assert (await try_move(store, booking, slot_of(booking, by=by))).code is Code.OK


async def test_limits_do_not_count_the_booking_itself(store: Store) -> None:
    booking = await put_booking(store, start=START)
    limits = [[(START - HOUR, START + 9 * HOUR, 1)]]
    slot = slot_of(booking, by=HOUR)
    assert (await try_move(store, booking, slot, limits=limits)).code is Code.OK
    await put_booking(store, start=START + 3 * HOUR)
    moved = await the_booking(store, booking.id)
    assert (await try_move(store, moved, slot_of(moved, by=HOUR), limits=limits)).code is Code.TAKEN


async def test_a_booking_keeps_its_event_type(store: Store) -> None:
    booking = await put_booking(store)
    with pytest.raises(ResponseError, match="keeps its event type"):
        await try_move(store, booking, slot_of(booking, by=HOUR, event_type="another"))


async def test_configuration_that_was_used_and_moved_refuses_a_new_time(store: Store) -> None:
    booking = await put_booking(store)
    await put_records(store, a_write("event_type", an_event_type()))
    snapshot = await read(store, records=(("event_type", "event-type"),))
    await put_records(store, a_write("event_type", an_event_type(), version=1))
    slot = slot_of(booking, by=HOUR)
    assert (await try_move(store, booking, slot, snapshot=snapshot)).code is Code.MOVED
    snapshot = await read(store, records=(("event_type", "event-type"),))
    assert (await try_move(store, booking, slot, snapshot=snapshot)).code is Code.OK


async def test_cancelling_frees_the_time_and_keeps_the_link_booked(store: Store) -> None:
    link = await put_link(store)
    booking = await put_booking(store, link=link.id, start=START, before=900, after=900)
    assert (await try_cancel(store, booking)).code is Code.OK
    there = await the_booking(store, booking.id)
    assert (there.status, there.sequence) == ("cancelled", 1)
    assert (await the_link(store, link.id)).booked == booking.id
    assert (await try_book(store, a_booking(start=START))).code is Code.OK
    assert (await try_book(store, a_booking(start=START, users=["x"], link=link.id))).code is Code.LINK_BOOKED
    assert await check_invariants(store.client) == []


@pytest.mark.parametrize(
    ("now", "fields", "is_active_again"),
    [
        (START - 1, {}, True),
        (START, {}, False),
        (START + HOUR, {}, False),
        (NOW, {"on_cancel": "keep"}, False),
        (NOW, {"expires_at": NOW + 1}, True),
        (NOW + 1, {"expires_at": NOW + 1}, False),
        (NOW + 2, {"expires_at": NOW + 1}, False),
        (START - 1, {"expires_at": None}, True),
    ],
)
async def test_cancelling_makes_a_link_active_again_where_it_is_to(
    store: Store, now: int, fields: dict[str, Any], is_active_again: bool
) -> None:
    link = await put_link(store, **{"on_cancel": "reactivate"} | fields)
    booking = await put_booking(store, link=link.id, start=START)
    assert (await try_cancel(store, booking, now=now)).code is Code.OK
    there = await the_link(store, link.id)
    assert (there.booked is None) is is_active_again
    assert there.bookings == (booking.id,)
    assert await check_invariants(store.client) == []


async def test_a_revoked_link_stays_revoked_when_its_booking_is_cancelled(store: Store) -> None:
    link = await put_link(store, on_cancel="reactivate")
    booking = await put_booking(store, link=link.id)
    await store.client.hset(store.keys(WORKSPACE).link(link.id), "revoked", NOW)
    assert (await try_cancel(store, booking)).code is Code.OK
    assert (await the_link(store, link.id)).booked == booking.id


async def test_a_link_that_another_booking_has_stays_with_it(store: Store) -> None:
    link = await put_link(store, on_cancel="reactivate")
    booking = await put_booking(store, link=link.id)
    await store.client.hset(store.keys(WORKSPACE).link(link.id), "booked", "another")
    assert (await try_cancel(store, booking)).code is Code.OK
    assert (await the_link(store, link.id)).booked == "another"


async def test_a_link_lists_all_its_bookings_oldest_first(store: Store) -> None:
    link = await put_link(store, on_cancel="reactivate")
    made = []
    for _ in range(4):
        made.append(await put_booking(store, link=link.id))
        await try_cancel(store, made[-1])
    last = await put_booking(store, link=link.id)
    there = await the_link(store, link.id)
    assert there.bookings == (*(booking.id for booking in made), last.id)
    assert there.booked == last.id
    assert await check_invariants(store.client) == []


async def test_a_no_show_frees_the_time_and_keeps_the_link_booked(store: Store) -> None:
    link = await put_link(store, on_cancel="reactivate")
    booking = await put_booking(store, link=link.id, users=["paula", "quentin"], start=START)
    assert (await try_no_show(store, booking)).code is Code.OK
    there = await the_booking(store, booking.id)
    assert (there.status, there.sequence) == ("no_show", 1)
    assert (await the_link(store, link.id)).booked == booking.id
    assert (await try_book(store, a_booking(start=START, users=["quentin"]))).code is Code.OK
    assert await check_invariants(store.client) == []


@CHANGE
async def test_what_is_not_there_is_not_found(store: Store, change: Change) -> None:
    assert (await change(store, a_booking())).code is Code.NOT_FOUND


@CHANGE
@pytest.mark.parametrize("earlier", CHANGES.values(), ids=CHANGES)
async def test_a_booking_that_changed_meanwhile_is_left_as_it_is(
    store: Store, change: Change, earlier: Change
) -> None:
    booking = await put_booking(store, users=["paula", "quentin"])
    assert (await earlier(store, booking)).code is Code.OK
    changed = await the_booking(store, booking.id)
    assert (await change(store, booking)).code is Code.MOVED
    assert await the_booking(store, booking.id) == changed
    assert await check_invariants(store.client) == []


@CHANGE
@pytest.mark.parametrize("earlier", [try_cancel, try_no_show], ids=["cancelled", "no-show"])
async def test_a_booking_that_is_not_live_cannot_change(
    store: Store, change: Change, earlier: Change
) -> None:
    booking = await put_booking(store)
    await earlier(store, booking)
    assert (await change(store, await the_booking(store, booking.id))).code is Code.MOVED


@CHANGE
async def test_a_booking_of_other_users_than_the_caller_read_is_left_as_it_is(
    store: Store, change: Change
) -> None:
    booking = await put_booking(store, users=["paula", "quentin"])
    assert (await change(store, msgspec.structs.replace(booking, users=["paula"]))).code is Code.MOVED


@CHANGE
async def test_a_moved_booking_can_change_again(store: Store, change: Change) -> None:
    booking = await put_booking(store)
    await move(store, booking)
    assert (await change(store, await the_booking(store, booking.id))).code is Code.OK
    assert await check_invariants(store.client) == []


@CHANGE
async def test_time_that_is_not_occupied_as_the_booking_says_is_an_error(
    store: Store, change: Change
) -> None:
    booking = await put_booking(store)
    await store.client.delete(store.keys(WORKSPACE).occupied("user"))
    with pytest.raises(ResponseError, match="lacks"):
        await change(store, booking)
    assert await the_booking(store, booking.id) == booking
