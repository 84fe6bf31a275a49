"""Deliver one mail once: by the host's Gmail, by the deployment's mail server, or by keeping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.jobs.job import Job, JobDelayed, JobFailed
from admitone.google import scopes
from admitone.google.errors import GrantRevoked
from admitone.google.gmail import Gmail
from admitone.mail.errors import MailNotSent, MailOutcomeUnknown
from admitone.mail.message import AddressError, Mailbox, Message
from admitone.store.records.mail.mails import note_no_draft, note_not_sent, note_trying
from admitone.texts.message import message
from admitone.usecases.mail.mail_budget import begin
from admitone.usecases.mail.mail_gmail import count_repeat, new_attempt, send_by_gmail
from admitone.usecases.mail.mail_wait import is_never_told, note_out, wait_or_keep
from admitone.usecases.shared.google_connection import google_connection
from admitone.usecases.shared.google_grant import mark_revoked, usable_grant
from admitone.usecases.shared.google_work import RECONNECT, google_work

if TYPE_CHECKING:
    from admitone.mail.transport import MailTransport, Way
    from admitone.store.records.mail.mails import MailState
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()


class Mailing(msgspec.Struct, frozen=True):
    """One mail of a job; `id` is the same in all attempts, `host` the user whose Gmail may send it.

    If nothing can send it, it waits as long as it `serves` (epoch seconds).

    A mail `to_user` does not count in the budgets. One that `confirms_one_time` tells of a booking by a
    one-time link: it is outside the workspace's own budget, so that strangers cannot silence it. One
    `to_guest` is within the share of guests in that budget.
    """

    job: Job
    id: str
    host: str
    message: Message
    to_user: bool = False
    confirms_one_time: bool = False
    to_guest: bool = False
    serves: int = 0

    @property
    def workspace(self) -> str:
        """The workspace that sends it."""
        return self.job.workspace


async def deliver(services: Services, mailing: Mailing) -> bool:
    """Send the mail, unless it was sent before; the address that sends becomes the message's sender.

    If nothing can send it, it waits, or is only kept for administrators (`mail_wait.py`). A recipient who was
    not told of a booking is not told of its end. Over budget the mail is held: the job runs again when the
    budgets allow the mail. Returns False if it was held until it lapsed, so that it never goes out.

    A mail may be sent twice if an attempt by a mail server, or by Gmail without a draft, ended with an
    unknown outcome. Such repeats are counted.

    Raises JobDelayed, JobFailed and JobNotDue.
    """
    if await is_never_told(services, mailing):
        return True
    begun = await begin(services, mailing)
    if begun.state is None:
        return not begun.has_lapsed
    try:
        way = await _sent_by(services, mailing, begun.state)
    except AddressError:
        raise JobFailed(message("This is not an address that mail can be sent to.")) from None
    if way is not None:
        services.mail.counts.sent[way] += 1
        log.info("mail-sent", mail=mailing.id, way=way)
    return True


async def _sent_by(services: Services, mailing: Mailing, state: MailState) -> Way | None:
    """How the mail was sent; None if another worker sent it meanwhile."""
    wants_gmail, is_sent = await _by_gmail(services, mailing, state)
    if is_sent:
        return "gmail"
    is_undecided = state.draft is not None and state.trying  # only the mailbox knows if the draft was sent
    if wants_gmail and (is_undecided or services.mail.transport is None):
        raise JobFailed(RECONNECT, mailing.host)
    if services.mail.transport is not None:
        return "smtp" if await _by_smtp(services, mailing, state, services.mail.transport) else None
    return "kept" if await wait_or_keep(services, mailing) else None


async def _by_gmail(services: Services, mailing: Mailing, state: MailState) -> tuple[bool, bool]:
    """Whether the host allows sending by their Gmail, and whether the mail was sent by it."""
    workspace, host = mailing.workspace, mailing.host
    connection = await google_connection(services, workspace, host, scopes.sends_mail)
    if services.google is None or connection is None:
        return False, False
    grant = usable_grant(services, workspace, connection)
    if grant is None:
        return True, False
    message = _from(mailing.message, connection.email)
    async with google_work(services, workspace, host, grant):
        try:
            await send_by_gmail(services, mailing, state, Gmail(services.google, grant), grant, message)
        except GrantRevoked:
            await mark_revoked(services, workspace, host, grant)
            return True, False
    return True, True


async def _by_smtp(services: Services, mailing: Mailing, state: MailState, transport: MailTransport) -> bool:
    """Whether this attempt sent the mail; False if another worker sent it."""
    store, workspace = services.store, mailing.workspace
    if state.draft is not None:  # the draft was certainly not sent, and is not used any more
        await note_no_draft(store, workspace, mailing.id, services.now())
    attempt = new_attempt()
    was_tried = await note_trying(store, workspace, mailing.id, services.now(), attempt)
    if was_tried is None:
        return False
    if was_tried:
        count_repeat(services, mailing)
    try:
        await transport.send(_from(mailing.message, transport.sender), key=mailing.id)
    except MailNotSent as refusal:
        services.mail.counts.refused += 1
        if not was_tried:
            await note_not_sent(store, workspace, mailing.id, services.now(), attempt)
        if refusal.is_final:
            raise JobFailed(refusal.reason) from None
        raise JobDelayed(refusal.reason) from None
    except MailOutcomeUnknown as failure:
        services.mail.counts.refused += 1
        raise JobDelayed(failure.reason) from None
    await note_out(services, mailing)
    return True


def _from(message: Message, address: str) -> Message:
    return msgspec.structs.replace(message, sender=Mailbox(address, message.sender.name))
