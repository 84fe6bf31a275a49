"""What connecting a calendar, and switching on the reading of calendars, set off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.outbox.parked import list_parked
from admitone.usecases.calendar_events.calendar_timers import catch_up_soon
from tests.support.calendar_events.desk import ADA, DAY, HOUR, NOW
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from tests.support.calendar_events.desk import Desk


async def test_what_was_booked_before_is_written_on_connecting(desk: Desk) -> None:
    bookings = [await desk.book(start=NOW + days * DAY) for days in (1, 2, 3)]
    await desk.book(start=NOW - 2 * HOUR)
    await desk.cancel(bookings[1].id)
    await desk.work()
    assert not desk.events()
    await desk.connect()
    await catch_up_soon(desk.services, WORKSPACE, "user")
    await desk.work()
    await desk.check(*(one.id for one in bookings))
    assert len(desk.google.state.data.calendars[ADA].events) == 2


async def test_a_revoked_grant_in_mid_queue_loses_nothing(desk: Desk) -> None:
    await desk.connect()
    bookings = [await desk.book(start=NOW + days * DAY) for days in (1, 2, 3, 4)]
    await desk.work()
    await desk.google.control("revoke", account=ADA)
    await desk.move(bookings[0].id, NOW + 9 * DAY)
    await desk.cancel(bookings[1].id)
    bookings.append(await desk.book(start=NOW + 6 * DAY))
    await desk.work()
    parked = await list_parked(desk.store, WORKSPACE, 0, 10)
    assert len(parked) == 3
    assert all("connected anew" in one.cause for one in parked)
    await desk.connect()
    await catch_up_soon(desk.services, WORKSPACE, "user")
    await desk.work()
    await desk.check(*(one.id for one in bookings))
    assert not await list_parked(desk.store, WORKSPACE, 0, 10)


async def test_calendars_are_read_from_when_it_is_switched_on_until_it_is_off(desk: Desk) -> None:
    await desk.connect()
    booking = await desk.book(start=NOW + 5 * DAY)
    await desk.work()
    await desk.drag(booking, NOW + 6 * DAY)
    await desk.work(hours=1)
    assert (await desk.booking(booking.id)).start == NOW + 5 * DAY
    await desk.switch_sync(on=True)
    await desk.work()
    assert (await desk.booking(booking.id)).start == NOW + 6 * DAY
    await desk.drag(booking, NOW + 7 * DAY)
    await desk.work(hours=1)
    assert (await desk.booking(booking.id)).start == NOW + 7 * DAY
    await desk.switch_sync(on=False)
    await desk.drag(booking, NOW + 8 * DAY)
    await desk.work(hours=2)
    assert (await desk.booking(booking.id)).start == NOW + 7 * DAY
    delayed: Any = await desk.store.client.zrange(desk.store.keys(WORKSPACE).delayed, 0, -1)
    assert not [text for text in delayed if b"calendar.sync" in bytes(text)]
