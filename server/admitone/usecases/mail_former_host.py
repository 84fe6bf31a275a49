"""The job `mail.former_host`: tell a host that a booking was given to another, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.calendar_file import withdrawal
from admitone.mail.message import CalendarPart, Mailbox
from admitone.usecases.booking_calendar import meeting_of
from admitone.usecases.mail_about import host_values, read_about
from admitone.usecases.mail_compose import compose, google_invites
from admitone.usecases.mail_deliver import Mailing, deliver

if TYPE_CHECKING:
    from admitone.domain.event import Event
    from admitone.domain.job import Job
    from admitone.domain.user import User
    from admitone.usecases.mail_about import About
    from admitone.usecases.services import Services


async def mail_former_host(services: Services, job: Job) -> None:
    """Tell whose place it was, unless they gave it away themselves, have it back, or are not there any more.

    Raises JobDelayed and JobFailed.
    """
    event = job.event
    if event.booking is None or event.gave in {None, event.by}:
        return
    about = await read_about(services, job.workspace, event.booking, event)
    if about is None or event.gave in about.booking.users:
        return
    former, organiser = await about.managed.snapshot.load(
        ("user", event.gave or ""), ("user", event.organiser or "")
    )
    if former is None or not former.active:
        return
    message = await compose(
        services,
        about,
        "host_reassigned",
        host_values(services, about, event, former),
        mail=job.id,
        to=Mailbox(former.email, former.name),
        calendar=await _withdrawal(services, about, event, former, organiser),
    )
    await deliver(services, Mailing(job.workspace, job.id, about.booking.users[0], message))


async def _withdrawal(
    services: Services, about: About, event: Event, former: User, organiser: User | None
) -> CalendarPart | None:
    """What strikes the meeting out of their calendar; None where Google does, who put it there."""
    if organiser is None or event.assignment is None or await google_invites(services, about, organiser.id):
        return None
    made = withdrawal(
        about.booking,
        meeting_of(services, about.managed, organiser),
        services.now(),
        assignment=event.assignment,
        attendee=(former.name, former.email),
    )
    return CalendarPart(made.method, made.content)
