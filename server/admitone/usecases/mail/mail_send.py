"""Compose a mail about a booking and deliver it, to its customer, a guest or one of its hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.mail.message import Mailbox
from admitone.usecases.mail.mail_compose import compose
from admitone.usecases.mail.mail_context import customer_values, guest_values, host_values
from admitone.usecases.mail.mail_deliver import Mailing, deliver

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.mail.kinds import MailKind
    from admitone.domain.people.user import User
    from admitone.mail.message import CalendarPart, Message
    from admitone.usecases.mail.mail_context import MailContext
    from admitone.usecases.shared.services import Services


async def send_to_customer(
    services: Services,
    job: Job,
    context: MailContext,
    kind: MailKind,
    *,
    mail: str,
    calendar: CalendarPart | None = None,
) -> None:
    """Send the mail with the id `mail` to the customer, in their language and zone.

    Raises JobDelayed, JobFailed, and JobNotDue while a budget is used up.
    """
    data = context.booking.data
    if context.is_erased:
        return
    values = customer_values(services, context, job.event)
    to = Mailbox(data.email, data.name)
    message = await compose(
        services, context.managed.snapshot, context.host, kind, values, mail=mail, to=to, calendar=calendar
    )
    confirms_one_time = kind == "confirmation" and context.booking.link is not None
    mailing = _mailing(job, mail, context, message, confirms_one_time=confirms_one_time)
    await deliver(services, mailing)


async def send_to_guest(
    services: Services,
    job: Job,
    context: MailContext,
    kind: MailKind,
    guest: str,
    *,
    mail: str,
    calendar: CalendarPart | None,
) -> None:
    """Send the mail with the id `mail` to a guest, who is known by their address only.

    Raises JobDelayed, JobFailed, and JobNotDue while a budget is used up.
    """
    values, to = guest_values(services, context, job.event), Mailbox(guest)
    message = await compose(
        services, context.managed.snapshot, context.host, kind, values, mail=mail, to=to, calendar=calendar
    )
    await deliver(services, _mailing(job, mail, context, message, to_guest=True))


async def send_to_host(
    services: Services,
    job: Job,
    context: MailContext,
    kind: MailKind,
    user: User,
    *,
    mail: str,
    calendar: CalendarPart | None = None,
) -> None:
    """Send the mail with the id `mail` to a host, in the workspace's language and the host's zone.

    Raises JobDelayed, JobFailed.
    """
    if context.is_erased:
        return
    values = host_values(services, context, job.event, user)
    to = Mailbox(user.email, user.name)
    message = await compose(
        services, context.managed.snapshot, context.host, kind, values, mail=mail, to=to, calendar=calendar
    )
    await deliver(services, _mailing(job, mail, context, message, to_user=True))


def _mailing(job: Job, mail: str, context: MailContext, message: Message, **kind: bool) -> Mailing:
    """The mail, sent by the organiser's mailbox; it serves until the booking ends."""
    booking = context.booking
    return Mailing(job, mail, booking.users[0], message, serves=booking.end, **kind)
