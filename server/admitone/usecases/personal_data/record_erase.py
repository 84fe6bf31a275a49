"""Erase one booking or one link, for an erasure and for retention."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from admitone.domain.event import Event
from admitone.domain.jobs.job import Job, JobFailed, job_id
from admitone.store.codes import Code
from admitone.store.records import erasures
from admitone.store.records.readers import read_bookings, read_links
from admitone.usecases.calendar_events.calendar_uninvite import uninvite_guest
from admitone.usecases.calendar_events.calendar_write import write_calendar_event

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.usecases.shared.services import Services

ATTEMPTS = 5


async def erase_booking(
    services: Services, workspace: str, booking: Booking, *, before: int, erasure: str | None = None
) -> bool:
    """Erase a booking; False if it is live and ends after `before`.

    The event of a cancelled booking to come is first removed from the host's calendar, because nobody finds
    it afterwards. Raises JobDelayed if Google does not answer; a calendar that refuses holds up nothing.
    """
    found = [booking]
    for _ in range(ATTEMPTS):
        if not found:
            return True
        now = services.now()
        if found[0].status == "cancelled" and found[0].end > now:
            await _remove_event(services, workspace, found[0])
        code = await erasures.erase_booking(
            services.store, workspace, found[0], now=now, before=before, erasure=erasure
        )
        if code is not Code.MOVED:
            return True
        found = await read_bookings(services.store, workspace, [booking.id])
    return False


async def erase_guest(
    services: Services, workspace: str, booking: Booking, email: str, *, erasure: str
) -> bool:
    """Erase a guest from a booking; False if the booking keeps changing.

    They are first taken out of the event of a booking to come: nobody finds them afterwards. Raises
    JobDelayed if Google does not answer; a calendar that refuses holds up nothing.
    """
    with suppress(JobFailed):
        await uninvite_guest(services, workspace, booking, email)
    for _ in range(ATTEMPTS):
        code = await erasures.erase_guest(services.store, workspace, booking, email, erasure)
        if code is not Code.MOVED:
            return True
    return False


async def erase_link(services: Services, workspace: str, link: Link, *, erasure: str | None = None) -> bool:
    """Erase a link; False if it has another booking since it was read, or keeps changing."""
    found = [link]
    for _ in range(ATTEMPTS):
        if not found:
            return True
        if found[0].bookings != link.bookings:
            return False
        code = await erasures.erase_link(
            services.store, workspace, found[0], now=services.now(), erasure=erasure
        )
        if code is not Code.MOVED:
            return True
        found = await read_links(services.store, workspace, [link.id])
    return False


async def read_link_of(services: Services, workspace: str, booking: Booking) -> Link | None:
    """The link by which a booking came; None for a general link, or if the link was erased."""
    found = await read_links(services.store, workspace, [booking.link]) if booking.link else []
    return found[0] if found else None


async def _remove_event(services: Services, workspace: str, booking: Booking) -> None:
    event = Event(type="booking.cancelled", at=services.now(), by="system", booking=booking.id)
    try:
        await write_calendar_event(
            services, Job(job_id(workspace, booking.id, "erase"), "calendar.write", workspace, event)
        )
    except JobFailed:
        return
