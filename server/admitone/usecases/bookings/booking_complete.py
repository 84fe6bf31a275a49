"""Announce that a booking is completed, after its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE
from admitone.domain.errors import Busy
from admitone.domain.jobs.job import JobNotDue
from admitone.store.codes import Code
from admitone.store.records.bookings import say_completed
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.readers import read_bookings
from admitone.usecases.bookings.booking_event import booking_event
from admitone.usecases.shared.reporting_day import reporting_day

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services


async def complete_booking(services: Services, job: Job) -> None:
    """Announce it for the job's booking, unless the booking was cancelled or was a no-show.

    Raises JobNotDue if the booking was moved and has not ended, and Busy if it changes at this moment.
    """
    assert job.event.booking
    found = await read_bookings(services.store, job.workspace, [job.event.booking])
    if not found or found[0].status not in LIVE:
        return
    [booking] = found
    now = services.now()
    if booking.end > now:
        raise JobNotDue(booking.end)
    event = booking_event("booking.completed", booking, at=booking.end, by="system")
    snapshot = await read_snapshot(services.store, job.workspace, Wanted(records=(SETTINGS,)))
    day = await reporting_day(snapshot, booking.end)
    answer = await say_completed(services.store, job.workspace, booking, event, now, day)
    if answer.code is Code.MOVED:
        raise Busy
