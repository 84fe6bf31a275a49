"""The job `calendar.write`: write the calendar event of one booking as the booking is now."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import LIVE, EventPlace
from admitone.domain.calendar.calendar_event import event_id, event_times
from admitone.domain.jobs.job import JobDelayed
from admitone.google.errors import CalendarClosed
from admitone.store.codes import Code
from admitone.store.records.bookings import note_event
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.texts.message import message
from admitone.usecases.calendar_events.calendar_draft import (
    EventDraft,
    draft_event,
    missing_attendees,
    placeholder,
)
from admitone.usecases.calendar_events.calendar_follow import follow_deletion
from admitone.usecases.calendar_events.calendar_notice import (
    NOBODY,
    delete_told,
    insert_told,
    notice_of,
    patch_told,
)
from admitone.usecases.calendar_events.calendar_unwritable import leave_calendar
from admitone.usecases.shared.google_work import google_work
from admitone.usecases.shared.host_calendar import HostCalendar, host_calendar
from admitone.usecases.times.busy_times import forget_busy_times

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.jobs.job import Job
    from admitone.google.calendar import GoogleEvent
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

ATTEMPTS = 5
MEET_SECONDS = 5
"""Seconds that Google gets to make a Meet link before we ask again."""


async def write_calendar_event(services: Services, job: Job) -> None:
    """Insert, move or cancel the event, and again if the booking changes meanwhile.

    An interrupted job loses nothing: the event's place is stored before the first call, its id derives from
    the booking's, and the booking is read again after each call. Past bookings are not touched.

    Raises JobDelayed and JobFailed.
    """
    if services.google is None or job.event.booking is None:
        return
    for _ in range(ATTEMPTS):
        wanted = Wanted(booking=job.event.booking, records=(("settings", "-"),))
        snapshot = await read_snapshot(services.store, job.workspace, wanted)
        if snapshot.booking is None or await _agree(services, snapshot, snapshot.booking):
            return
    raise JobDelayed(message("The booking keeps changing."))


async def _agree(services: Services, snapshot: Snapshot, booking: Booking) -> bool:
    """Bring Google in line with the booking; False if the booking has changed meanwhile."""
    if booking.status in LIVE and services.now() < booking.end:
        if not await _write(services, snapshot, booking):
            return False
    elif booking.status == "cancelled" and booking.event:
        await _remove(services, snapshot, booking, booking.event)
        if booking.conflict is not None and not await _note(services, snapshot, booking, booking.event):
            return False
    for earlier in booking.events:
        if earlier.assignment != booking.assignment:
            await _remove(services, snapshot, booking, earlier)
    return True


async def _write(services: Services, snapshot: Snapshot, booking: Booking) -> bool:
    """Write the event of a live booking if its host has a calendar; False if the booking has changed."""
    place, workspace = booking.event, snapshot.workspace
    if place is None:
        calendar = await host_calendar(services, workspace, booking.users[0])
    else:
        calendar = await host_calendar(services, workspace, place.user, place.calendar)
    draft = await draft_event(services, snapshot, booking) if calendar else None
    if calendar is None or draft is None:
        return True
    if place is None:
        place = EventPlace(assignment=booking.assignment, user=calendar.user, calendar=calendar.id)
        if not await _note(services, snapshot, booking, place):
            return False
    async with google_work(services, workspace, calendar.user, calendar.grant):
        try:
            event = await _written(services, snapshot, booking, calendar, draft, is_new=place.etag is None)
        except CalendarClosed:
            await leave_calendar(services, workspace, booking, calendar)
            return False
    return event is not None and await _note_written(services, snapshot, booking, place, event)


async def _written(
    services: Services,
    snapshot: Snapshot,
    booking: Booking,
    calendar: HostCalendar,
    draft: EventDraft,
    *,
    is_new: bool,
) -> GoogleEvent | None:
    """The event after writing; None if the booking or the event has changed meanwhile.

    An event that names the booking's present SEQUENCE is left alone: a person made what differs.
    """
    google = calendar.google
    event = None if is_new else await google.get(draft.id)
    if event is None:
        notice = await notice_of(services, snapshot, booking, draft.id, draft.body["attendees"])
        event = await insert_told(google, draft.body, notice) or await google.get(draft.id)
    if event is None or (event.shows or 0) > booking.sequence:
        return None
    if event.is_cancelled and (await snapshot.settings()).calendar_sync:
        await follow_deletion(services, snapshot.workspace, booking)
        return event
    if event.shows == booking.sequence:
        return event
    if event.is_cancelled and not await _is_unchanged(services, snapshot, booking):
        return None
    body = event_times(booking, draft.timezone)
    body |= missing_attendees(event, draft)
    is_new_to_guests = (
        event.is_cancelled or event.times != (booking.start, booking.end) or "attendees" in body
    )
    notice = NOBODY
    if is_new_to_guests:
        attendees = body.get("attendees", event.attendees)
        notice = await notice_of(services, snapshot, booking, draft.id, attendees)
    patched = await patch_told(google, event, body, notice)
    await forget_busy_times(services, snapshot.workspace, calendar.user)
    return patched


async def _is_unchanged(services: Services, snapshot: Snapshot, booking: Booking) -> bool:
    """Whether the booking is as it was read; if not, we may have deleted the event ourselves."""
    again = await read_snapshot(services.store, snapshot.workspace, Wanted(booking=booking.id))
    return again.booking is not None and again.booking.sequence == booking.sequence


async def _note_written(
    services: Services, snapshot: Snapshot, booking: Booking, place: EventPlace, event: GoogleEvent
) -> bool:
    written = msgspec.structs.replace(place, etag=event.etag, join_url=event.hangout_link or place.join_url)
    stays = event.times[0] != booking.start and not event.is_cancelled
    if not await _note(services, snapshot, booking, written, booking.conflict if stays else None):
        return False
    if event.is_meet_pending:
        raise JobDelayed(message("Google is still making the Meet link."), MEET_SECONDS)
    return True


async def _remove(services: Services, snapshot: Snapshot, booking: Booking, place: EventPlace) -> None:
    """Cancel an event: of a previous host, or of a cancelled booking.

    An insert that Google never answered may still arrive. A placeholder then takes its id first, without
    notifying anybody, so that the insert fails.
    """
    workspace = snapshot.workspace
    calendar = await host_calendar(services, workspace, place.user, place.calendar)
    if calendar is None:
        return
    name = event_id(booking.id, place.assignment)
    async with google_work(services, workspace, calendar.user, calendar.grant):
        event = await calendar.google.get(name)
        if event is None and place.etag is None:
            taken = placeholder(booking, place.assignment)
            with suppress(CalendarClosed):  # nothing can arrive there any more
                event = await calendar.google.insert(taken, tell=False) or await calendar.google.get(name)
        if event is not None and not event.is_cancelled:
            notice = await notice_of(services, snapshot, booking, name, event.attendees)
            await delete_told(calendar.google, event, notice)
            await forget_busy_times(services, workspace, calendar.user)


async def _note(
    services: Services, snapshot: Snapshot, booking: Booking, place: EventPlace, conflict: int | None = None
) -> bool:
    """Store the event's place; False if the booking has changed meanwhile."""
    answer = await note_event(services.store, snapshot.workspace, booking, place, conflict)
    return answer.code is Code.OK
