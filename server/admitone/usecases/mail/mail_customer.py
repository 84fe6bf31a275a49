"""The jobs `mail.customer` and `mail.manage_link`: tell the customer about a change of their booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE
from admitone.domain.jobs.job import JobDelayed, job_id
from admitone.domain.mail.kinds import mail_after
from admitone.google.scopes import writes_events
from admitone.texts.message import message
from admitone.usecases.mail.mail_compose import calendar_part, withdrawn
from admitone.usecases.mail.mail_context import read_mail_context
from admitone.usecases.mail.mail_send import send_to_customer
from admitone.usecases.shared.google_connection import google_connection

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.jobs.job import Job
    from admitone.usecases.mail.mail_context import MailContext
    from admitone.usecases.shared.services import Services

MEET_ATTEMPTS = 4
"""Attempts for which a mail waits for the Meet link that Google is making: about half a minute."""
MEET_SECONDS = 5


async def mail_customer(services: Services, job: Job) -> None:
    """Mail the booking as it is now, in the customer's language and zone.

    Raises JobDelayed, JobFailed, and JobNotDue while a budget is used up.
    """
    event, kind = job.event, mail_after(job.event.type, "customer")
    if event.booking is None or kind is None:
        return
    context = await read_mail_context(services, job.workspace, event.booking, event)
    if context is None or is_overtaken(job, context.booking):
        return
    if job.attempt < MEET_ATTEMPTS and await _awaits_meet(services, context):
        raise JobDelayed(message("Google is still making the Meet link."), MEET_SECONDS)
    data = context.booking.data
    gone = await withdrawn(services, context, event, (data.name, data.email))
    part = None if kind == "manage_link" else await calendar_part(services, context)
    if gone is None or part is None:
        await send_to_customer(services, job, context, kind, mail=job.id, calendar=gone or part)
        return
    # Another host means another calendar event, and one mail can carry the change of one event only.
    await send_to_customer(services, job, context, kind, mail=job_id(job.id, "withdrawn"), calendar=gone)
    await send_to_customer(services, job, context, "confirmation", mail=job.id, calendar=part)


def is_moot(event: Event, booking: Booking) -> bool:
    """Whether a later event, which causes its own mail, makes the mail of this event obsolete."""
    if event.type == "booking.cancelled":
        return booking.status != "cancelled"
    if event.type == "booking.rescheduled" and booking.start != event.start:
        return True
    return event.type != "manage_link.requested" and booking.status == "cancelled"


def is_overtaken(job: Job, booking: Booking) -> bool:
    """Whether a later event makes the mail of the job's event obsolete, or its mail says the same.

    The mails of a booking and of its move could arrive in either order. To a recipient who is untold, the
    first mail tells both.
    """
    is_moved = job.event.type == "booking.scheduled" and booking.status == "rescheduled"
    return (is_moved and not job.untold) or is_moot(job.event, booking)


async def _awaits_meet(services: Services, context: MailContext) -> bool:
    booking = context.booking
    if booking.data.location.kind != "google_meet" or booking.join_url or booking.status not in LIVE:
        return False
    workspace = context.managed.snapshot.workspace
    connection = await google_connection(services, workspace, booking.users[0], writes_events)
    return connection is not None and not connection.needs_reconnect
