"""What connecting a calendar, and switching on the reading of calendars, set off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.calendar_events.calendar_timers import catch_up_soon
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE
from tests.support.google.api_client import ADA
from tests.support.worker.parked_jobs import parked_jobs

if TYPE_CHECKING:
    from tests.support.calendar_events.host_with_calendar import HostWithCalendar


async def test_what_was_booked_before_is_written_on_connecting(host: HostWithCalendar) -> None:
    bookings = [await host.book(start=NOW + days * DAY) for days in (1, 2, 3)]
    await host.book(start=NOW - 2 * HOUR)
    await host.cancel(bookings[1].id)
    await host.work()
    assert not host.events()
    await host.connect()
    await catch_up_soon(host.services, WORKSPACE, "user")
    await host.work()
    await host.check(*(one.id for one in bookings))
    assert len(host.google.state.data.calendars[ADA].events) == 2


async def test_a_revoked_grant_in_mid_queue_loses_nothing(host: HostWithCalendar) -> None:
    await host.connect()
    bookings = [await host.book(start=NOW + days * DAY) for days in (1, 2, 3, 4)]
    await host.work()
    await host.google.control("revoke", account=ADA)
    await host.move(bookings[0].id, NOW + 9 * DAY)
    await host.cancel(bookings[1].id)
    bookings.append(await host.book(start=NOW + 6 * DAY))
    await host.work()
    parked = await parked_jobs(host.store)
    assert len(parked) == 3
    assert all("connected anew" in one.cause for one in parked)
    await host.connect()
    await catch_up_soon(host.services, WORKSPACE, "user")
    await host.work()
    await host.check(*(one.id for one in bookings))
    assert not await parked_jobs(host.store)


async def test_calendars_are_read_from_when_it_is_switched_on_until_it_is_off(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book(start=NOW + 5 * DAY)
    await host.work()
    await host.drag(booking, NOW + 6 * DAY)
    await host.work(hours=1)
    assert (await host.booking(booking.id)).start == NOW + 5 * DAY
    await host.switch_sync(on=True)
    await host.work()
    assert (await host.booking(booking.id)).start == NOW + 6 * DAY
    await host.drag(booking, NOW + 7 * DAY)
    await host.work(hours=1)
    assert (await host.booking(booking.id)).start == NOW + 7 * DAY
    await host.switch_sync(on=False)
    await host.drag(booking, NOW + 8 * DAY)
    await host.work(hours=2)
    assert (await host.booking(booking.id)).start == NOW + 7 * DAY
    delayed: Any = await host.store.client.zrange(host.store.keys(WORKSPACE).delayed, 0, -1)
    assert not [text for text in delayed if b"calendar.sync" in bytes(text)]
