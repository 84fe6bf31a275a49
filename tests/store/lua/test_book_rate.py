"""book.lua: how often an address books by general links, counted where the booking is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from admitone.store.codes import Code
from admitone.store.records.book import Rate
from tests.support.factories import HOUR, NOW, a_booking
from tests.support.store.actions import try_book

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import ScriptAnswer, Store

RATE = Rate("address", 2, HOUR)


def at(place: int) -> Booking:
    """A booking that none at another place is in the way of."""
    return a_booking(start=NOW + place * 10 * HOUR)


async def book(store: Store, place: int, now: int, rate: Rate | None = RATE) -> ScriptAnswer:
    return await try_book(store, at(place), now=now, rate=rate)


async def test_one_more_is_allowed_when_the_oldest_is_an_hour_old(store: Store) -> None:
    assert (await book(store, 1, NOW)).code is Code.OK
    assert (await book(store, 2, NOW + 600)).code is Code.OK
    refused = await book(store, 3, NOW + 900)
    assert (refused.code, int(refused.rest[0])) == (Code.TOO_MANY, HOUR - 900)
    assert (await book(store, 3, NOW + HOUR - 1)).code is Code.TOO_MANY
    assert (await book(store, 3, NOW + HOUR)).code is Code.OK
    refused = await book(store, 4, NOW + HOUR)
    assert (refused.code, int(refused.rest[0])) == (Code.TOO_MANY, 600)


async def test_what_is_sent_again_counts_once(store: Store) -> None:
    booking = at(1)
    codes = [(await try_book(store, booking, rate=RATE)).code for _ in range(3)]
    assert codes == [Code.OK, Code.APPLIED, Code.APPLIED]
    assert (await book(store, 2, NOW)).code is Code.OK
    assert (await try_book(store, booking, rate=RATE)).code is Code.APPLIED


async def test_what_is_refused_does_not_count(store: Store) -> None:
    assert (await book(store, 1, NOW)).code is Code.OK
    for _ in range(3):
        assert (await book(store, 1, NOW)).code is Code.TAKEN
    assert (await book(store, 2, NOW)).code is Code.OK


async def test_others_are_not_held_up(store: Store) -> None:
    for place in (1, 2):
        await book(store, place, NOW)
    assert (await book(store, 3, NOW, Rate("another", 2, HOUR))).code is Code.OK
    assert (await book(store, 4, NOW, None)).code is Code.OK
    assert (await book(store, 5, NOW, Rate("address", 3, HOUR))).code is Code.OK


async def test_simultaneous_ones_are_counted_one_by_one(store: Store) -> None:
    answers = await asyncio.gather(*(book(store, place, NOW) for place in range(1, 11)))
    assert sorted(answer.code for answer in answers) == [Code.OK] * 2 + [Code.TOO_MANY] * 8


async def test_nothing_of_an_address_is_kept_longer(store: Store) -> None:
    await book(store, 1, NOW)
    [key] = [key async for key in store.client.scan_iter("*:bookings:address:*")]
    assert 0 < await store.client.ttl(key) <= HOUR
