"""Compose a mail: render the workspace's template or the built-in one, and add the invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

from admitone.domain.calendar.calendar_file import invitation, withdrawal
from admitone.google.scopes import writes_events
from admitone.mail.message import CalendarPart, Mailbox, Message
from admitone.mail.templates import TemplateFailed, render_built_in, render_mail
from admitone.store.records.mail.mails import TemplateFault, note_template_fault
from admitone.texts.kept_message import keep
from admitone.usecases.bookings.booking_calendar import meeting_of
from admitone.usecases.mail.mail_context import customer_text
from admitone.usecases.shared.google_connection import google_connection

if TYPE_CHECKING:
    from admitone.domain.event import Event
    from admitone.domain.mail.kinds import MailKind, MailTemplate
    from admitone.domain.mail.values import MailValues
    from admitone.domain.people.user import User
    from admitone.mail.templates import Rendered
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.mail.mail_context import MailContext
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()


async def compose(
    services: Services,
    snapshot: Snapshot,
    host: User | None,
    kind: MailKind,
    values: MailValues,
    *,
    mail: str,
    to: Mailbox,
    calendar: CalendarPart | None = None,
) -> Message:
    """The mail with the id `mail`; `deliver` sets the sender's address, replies go to `host`."""
    rendered = await _rendered(services, snapshot, kind, values)
    domain = mail_domain(services.public_url)
    sender = Mailbox(host.email, host.name) if host else Mailbox(f"no-reply@{domain}", values.workspace)
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


async def calendar_part(
    services: Services, context: MailContext, *, is_guest: bool = False
) -> CalendarPart | None:
    """The invitation or the cancellation; None if Google sends it with the event in the host's calendar."""
    host = context.host
    if host is None or await google_invites(services, context, host.id):
        return None
    made = invitation(
        context.booking,
        meeting_of(services, context.managed, host, customer_text(context).reader.texts, is_guest=is_guest),
        services.now(),
    )
    return CalendarPart(made.method, made.content)


async def withdrawn(
    services: Services,
    context: MailContext,
    event: Event,
    attendee: tuple[str, str],
    *,
    is_guest: bool = False,
) -> CalendarPart | None:
    """The cancellation of an earlier assignment's event, for an attendee (name, address).

    None if `event` gave no booking away, or if Google wrote that event and cancels it.
    """
    if event.organiser is None or event.assignment is None:
        return None
    organiser: User | None
    [organiser] = await context.managed.snapshot.load(("user", event.organiser))
    if organiser is None or await google_invites(services, context, organiser.id):
        return None
    texts = customer_text(context).reader.texts
    meeting = meeting_of(services, context.managed, organiser, texts, is_guest=is_guest)
    made = withdrawal(
        context.booking, meeting, services.now(), assignment=event.assignment, attendee=attendee
    )
    return CalendarPart(made.method, made.content)


async def google_invites(services: Services, context: MailContext, host: str) -> bool:
    """Whether the booking's event is written into this host's calendar, so that Google invites everybody."""
    workspace = context.managed.snapshot.workspace
    return await google_connection(services, workspace, host, writes_events) is not None


async def google_tells(services: Services, context: MailContext, user: str, organiser: str) -> bool:
    """Whether Google tells this host of a change, so that the workspace wants no mail of ours.

    Google tells the guests of the event in the organiser's calendar, and never the organiser.
    """
    if context.settings.host_notices == "always" or user == organiser:
        return False
    return await google_invites(services, context, organiser)


async def _rendered(services: Services, snapshot: Snapshot, kind: MailKind, values: MailValues) -> Rendered:
    """The rendered mail; if the workspace's template fails, that is noted and the built-in one is used."""
    own: list[MailTemplate | None] = await snapshot.load(("mail_template", kind))
    if own[0] is not None:
        try:
            return await services.mail.renderer.run(render_mail, own[0], values)
        except TemplateFailed as failed:
            services.mail.counts.fallbacks += 1
            log.warning("mail-template-failed", kind=kind, field=failed.field)
            sentence = failed.sentence
            fault = TemplateFault(services.now(), failed.field, str(sentence), keep(sentence))
            await note_template_fault(services.store, snapshot.workspace, kind, fault)
    return render_built_in(kind, values)


def mail_domain(public_url: str) -> str:
    """The right side of message ids; an IPv6 address is not allowed there (RFC 5322, 3.6.4)."""
    host = urlsplit(public_url).hostname or ""
    return "localhost" if ":" in host else host
