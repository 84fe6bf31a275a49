"""Put a mail together: the workspace's template or the built-in one, and the invitation that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

from admitone.domain.calendar.calendar_file import invitation, withdrawal
from admitone.google.scopes import writes_events
from admitone.mail.message import CalendarPart, Mailbox, Message
from admitone.mail.templates import TemplateFailed, built_in, render_mail
from admitone.store.records.google_connections import read_connection
from admitone.store.records.mails import TemplateFault, note_template_fault
from admitone.usecases.bookings.booking_calendar import meeting_of

if TYPE_CHECKING:
    from admitone.domain.event import Event
    from admitone.domain.mail.kinds import MailKind, MailTemplate
    from admitone.domain.mail.values import MailValues
    from admitone.domain.people.user import User
    from admitone.mail.templates import Rendered
    from admitone.usecases.mail.mail_about import About
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()


async def compose(
    services: Services,
    about: About,
    kind: MailKind,
    values: MailValues,
    *,
    mail: str,
    to: Mailbox,
    calendar: CalendarPart | None = None,
) -> Message:
    """The mail `mail` from the organiser, whose address its sending sets; answers go to them."""
    rendered = await _rendered(services, about, kind, values)
    host, domain = about.host, mail_domain(services.public_url)
    sender = Mailbox(host.email, host.name) if host else Mailbox(f"no-reply@{domain}", about.settings.name)
    return Message(
        id=f"{mail}@{domain}",
        sender=sender,
        reply_to=sender if host else None,
        to=to,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        calendar=calendar,
        sent_at=services.now(),
    )


async def calendar_part(services: Services, about: About) -> CalendarPart | None:
    """The invitation, or its withdrawal; None where Google sends it with the event in the host's calendar."""
    host = about.host
    if host is None or await google_invites(services, about, host.id):
        return None
    made = invitation(about.booking, meeting_of(services, about.managed, host), services.now())
    return CalendarPart(made.method, made.content)


async def withdrawn(
    services: Services, about: About, event: Event, attendee: tuple[str, str]
) -> CalendarPart | None:
    """What strikes the event of an earlier assignment out of somebody's calendar, by their name and address.

    None where `event` gave no booking away, and where Google does it, which put the event there.
    """
    if event.organiser is None or event.assignment is None:
        return None
    organiser: User | None
    [organiser] = await about.managed.snapshot.load(("user", event.organiser))
    if organiser is None or await google_invites(services, about, organiser.id):
        return None
    meeting = meeting_of(services, about.managed, organiser)
    made = withdrawal(about.booking, meeting, services.now(), assignment=event.assignment, attendee=attendee)
    return CalendarPart(made.method, made.content)


async def google_invites(services: Services, about: About, host: str) -> bool:
    """Whether an event is written into this host's calendar, by which Google tells everybody in it."""
    connection = await read_connection(services.store, about.managed.snapshot.workspace, host)
    return services.google is not None and connection is not None and writes_events(connection.scopes)


async def _rendered(services: Services, about: About, kind: MailKind, values: MailValues) -> Rendered:
    """The mail's words; a template of the workspace's that fails is reported, and never holds up a mail."""
    snapshot = about.managed.snapshot
    own: list[MailTemplate | None] = await snapshot.load(("mail_template", kind))
    if own[0] is not None:
        try:
            return render_mail(own[0], values)
        except TemplateFailed as failed:
            services.mail.counts.fallbacks += 1
            log.warning("mail-template-failed", kind=kind, field=failed.field)
            fault = TemplateFault(services.now(), failed.field, failed.sentence)
            await note_template_fault(services.store, snapshot.workspace, kind, fault)
    return render_mail(built_in(kind), values)


def mail_domain(public_url: str) -> str:
    """The right side of message ids; an address in version 6 cannot stand there (RFC 5322, 3.6.4)."""
    host = urlsplit(public_url).hostname or ""
    return "localhost" if ":" in host else host
