"""A booking gets the job that writes its event only if there is a calendar to write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import EventPlace
from admitone.store.records.bookings import note_event
from admitone.usecases.jobs.job_plan import plan_jobs
from tests.support.factories import WORKSPACE, an_event

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from tests.support.calendar_events.host_with_calendar import HostWithCalendar


async def is_planned(host: HostWithCalendar, booking: Booking, *, with_google: bool = True) -> bool:
    services = host.services if with_google else msgspec.structs.replace(host.services, google=None)
    event = an_event("booking.scheduled", booking=booking.id)
    planned = await plan_jobs(services, WORKSPACE, event, "entry")
    return "calendar.write" in {job.name for job in planned.jobs}


async def test_a_host_who_has_connected_none_needs_no_job(host: HostWithCalendar) -> None:
    booking = await host.book()
    assert not await is_planned(host, booking)
    await host.connect()
    assert await is_planned(host, booking)
    assert not await is_planned(host, booking, with_google=False)


async def test_an_event_that_was_written_is_brought_in_line_whoever_is_the_host(
    host: HostWithCalendar,
) -> None:
    booking = await host.book()
    place = EventPlace(assignment=0, user="former", calendar="their@calendar.test")
    await note_event(host.store, WORKSPACE, booking, place)
    assert await is_planned(host, booking)
