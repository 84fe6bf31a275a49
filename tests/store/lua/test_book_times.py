"""book.lua: which users are free at a time, by places, buffers and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.store.codes import Code
from tests.support.factories import HOUR, a_booking
from tests.support.invariants import check_invariants
from tests.support.sizes import size
from tests.support.store.actions import empty, put_booking, read, the_booking, try_book, try_cancel
from tests.support.store.close_bookings import START, keeps_distance, slots
from tests.support.store.examples import examples

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import Store


async def test_the_first_free_candidate_in_order_is_booked(store: Store) -> None:
    await put_booking(store, start=START, users=["paula"])
    for expected in (b"quentin", b"rosa"):
        answer = await try_book(
            store, a_booking(start=START), users=["quentin", "paula", "rosa"], places=[[1, 0, 2]]
        )
        assert (answer.code, answer.rest) == (Code.OK, [expected])
    answer = await try_book(store, a_booking(start=START), users=["quentin", "paula"], places=[[1, 0]])
    assert answer.code is Code.TAKEN
    assert await check_invariants(store.client) == []


async def test_several_places_are_filled_by_distinct_users_the_organiser_first(store: Store) -> None:
    users = ["paula", "quentin", "rosa"]
    booking = a_booking(start=START)
    answer = await try_book(store, booking, users=users, places=[[1, 0], [1, 2], [1, 2, 0]])
    assert answer.rest == [b"quentin,rosa,paula"]
    assert (await the_booking(store, booking.id)).users == ["quentin", "rosa", "paula"]
    assert await check_invariants(store.client) == []


async def test_an_earlier_place_gives_way_so_that_every_place_is_filled(store: Store) -> None:
    answer = await try_book(store, a_booking(), users=["paula", "quentin"], places=[[0, 1], [0]])
    assert answer.rest == [b"quentin,paula"]


async def test_one_user_never_fills_two_places(store: Store) -> None:
    booking = a_booking()
    assert (await try_book(store, booking, users=["paula"], places=[[0], [0]])).code is Code.TAKEN
    assert (await read(store, booking=booking.id)).booking is None


@pytest.mark.soak
@examples(size(1000, 60))
@given(wanted=st.lists(slots, min_size=1, max_size=12))
async def test_a_time_is_free_if_it_keeps_the_buffers_on_both_sides(
    store: Store, wanted: list[Booking]
) -> None:
    await empty(store)
    booked: list[Booking] = []
    for booking in wanted:
        fits = all(keeps_distance(booking, other) for other in booked)
        assert (await try_book(store, booking)).code is (Code.OK if fits else Code.TAKEN)
        booked += [booking] * fits
    assert await check_invariants(store.client) == []


@pytest.mark.parametrize(("gap", "expected"), [(899, Code.TAKEN), (900, Code.OK)])
@pytest.mark.parametrize(("after", "before"), [(900, 0), (0, 900), (900, 900), (900, 300)])
@pytest.mark.parametrize("is_earlier", [False, True])
async def test_the_longer_of_two_buffers_decides(
    store: Store, gap: int, expected: Code, after: int, before: int, is_earlier: bool
) -> None:
    earlier = a_booking(start=START, end=START + 60, after=after)
    later = a_booking(start=START + 60 + gap, end=START + 120 + gap, before=before)
    first, second = (earlier, later) if is_earlier else (later, earlier)
    assert (await try_book(store, first)).code is Code.OK
    assert (await try_book(store, second)).code is expected


async def test_bookings_may_touch_where_there_are_no_buffers(store: Store) -> None:
    for minutes in (0, 60, 30, -30):
        assert (await try_book(store, a_booking(start=START + minutes * 60))).code is Code.OK


async def test_limits_count_live_bookings_of_the_event_type_in_their_span(store: Store) -> None:
    span = (START, START + 10 * HOUR, 2)

    async def attempt(start: int, **fields: str) -> Code:
        return (await try_book(store, a_booking(start=start, **fields), limits=[[span]])).code

    outside = [START - HOUR, START + 10 * HOUR]
    for start in outside:
        await put_booking(store, start=start)
    await put_booking(store, start=START + 8 * HOUR, event_type="another")
    assert await attempt(START) is Code.OK
    second = await put_booking(store, start=START + HOUR)
    assert await attempt(START + 2 * HOUR) is Code.TAKEN
    assert await attempt(START + 2 * HOUR, event_type="another") is Code.OK
    await try_cancel(store, second)
    assert await attempt(START + 3 * HOUR) is Code.OK


async def test_every_limit_holds_and_each_user_has_their_own(store: Store) -> None:
    await put_booking(store, start=START, users=["paula"])
    wide, narrow = (START - HOUR, START + 9 * HOUR, 5), (START - HOUR, START + 9 * HOUR, 1)
    booking = a_booking(start=START + 2 * HOUR)
    answer = await try_book(
        store, booking, users=["paula", "quentin"], places=[[0, 1]], limits=[[wide, narrow], [narrow]]
    )
    assert answer.rest == [b"quentin"]
