"""The jobs `mail.customer` and `mail.manage_link`: tell the customer what became of their booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE
from admitone.domain.jobs.job import JobDelayed, job_id
from admitone.domain.mail.kinds import mail_after
from admitone.google.scopes import writes_events
from admitone.mail.message import Mailbox
from admitone.store.records.google_connections import read_connection
from admitone.usecases.mail.mail_about import customer_values, read_about
from admitone.usecases.mail.mail_compose import calendar_part, compose, withdrawn
from admitone.usecases.mail.mail_deliver import Mailing, deliver

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.jobs.job import Job
    from admitone.domain.mail.kinds import MailKind
    from admitone.mail.message import CalendarPart
    from admitone.usecases.mail.mail_about import About
    from admitone.usecases.shared.services import Services

MEET_ATTEMPTS = 4
"""Attempts for which a mail waits for the Meet link that Google is making: about half a minute."""
MEET_SECONDS = 5


async def mail_customer(services: Services, job: Job) -> None:
    """Tell of the booking as it is now, in the customer's language and zone; raises JobDelayed, JobFailed."""
    event, kind = job.event, mail_after(job.event.type, "customer")
    if event.booking is None or kind is None:
        return
    about = await read_about(services, job.workspace, event.booking, event)
    if about is None or is_moot(event, about.booking) or _was_moved_since(event, about.booking):
        return
    if job.attempt < MEET_ATTEMPTS and await _awaits_meet(services, about):
        raise JobDelayed("Google is still making the Meet link.", MEET_SECONDS)
    data = about.booking.data
    gone = await withdrawn(services, about, event, (data.name, data.email))
    part = None if kind == "manage_link" else await calendar_part(services, about)
    if gone is None or part is None:
        await _send(services, job, about, kind, gone or part, mail=job.id)
        return
    # Another host is another event, and a mail can bring a calendar the change of one.
    await _send(services, job, about, kind, gone, mail=job_id(job.id, "withdrawn"))
    await _send(services, job, about, "confirmation", part, mail=job.id)


async def _send(
    services: Services, job: Job, about: About, kind: MailKind, part: CalendarPart | None, *, mail: str
) -> None:
    data = about.booking.data
    message = await compose(
        services,
        about,
        kind,
        customer_values(services, about, job.event),
        mail=mail,
        to=Mailbox(data.email, data.name),
        calendar=part,
    )
    await deliver(services, Mailing(job.workspace, mail, about.booking.users[0], message))


def is_moot(event: Event, booking: Booking) -> bool:
    """Whether a later event, which has a mail of its own, has overtaken what this one would tell."""
    if event.type == "booking.cancelled":
        return booking.status != "cancelled"
    if event.type == "booking.rescheduled" and booking.start != event.start:
        return True
    return event.type != "manage_link.requested" and booking.status == "cancelled"


def _was_moved_since(event: Event, booking: Booking) -> bool:
    """Whether the mail of a move tells the customer the same: the two would come in any order."""
    return event.type == "booking.scheduled" and booking.status == "rescheduled"


async def _awaits_meet(services: Services, about: About) -> bool:
    booking = about.booking
    if booking.data.location.kind != "google_meet" or booking.join_url or booking.status not in LIVE:
        return False
    workspace = about.managed.snapshot.workspace
    connection = await read_connection(services.store, workspace, booking.users[0])
    is_connected = connection is not None and not connection.needs_reconnect
    return services.google is not None and is_connected and writes_events(connection.scopes)  # type: ignore[union-attr]
