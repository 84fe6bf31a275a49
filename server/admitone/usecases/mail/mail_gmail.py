"""Send one mail by the host's Gmail; as a draft if the host allows drafts, since a retry is then safe."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import structlog

from admitone.domain.jobs.job import JobDelayed
from admitone.google.errors import GoogleRefused, GrantRevoked
from admitone.google.scopes import COMPOSE
from admitone.mail.message import to_bytes
from admitone.store.records.mail.mails import (
    note_draft,
    note_no_draft,
    note_not_sent,
    note_trying,
    read_mail_state,
)
from admitone.texts.message import message
from admitone.usecases.mail.mail_wait import note_out

if TYPE_CHECKING:
    from admitone.google.api import GoogleGrant
    from admitone.google.gmail import Gmail
    from admitone.mail.message import Message
    from admitone.store.records.mail.mails import MailState
    from admitone.usecases.mail.mail_deliver import Mailing
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()
DRAFT_GONE = message("The draft of this mail was deleted before it was sent.")


async def send_by_gmail(
    services: Services, mailing: Mailing, state: MailState, gmail: Gmail, grant: GoogleGrant, message: Message
) -> None:
    """Send the mail, and note that it was sent.

    Raises GoogleRefused and GrantRevoked (not sent), GoogleUnreachable (it may have been), JobDelayed.
    """
    if COMPOSE in grant.scopes:
        await _by_draft(services, mailing, state, gmail, message)
    else:
        await _at_once(services, mailing, gmail, message)
    await note_out(services, mailing)


def new_attempt() -> str:
    """A random name of one attempt; two workers with the same mail tell their attempts apart by it."""
    return secrets.token_hex(6)


def count_repeat(services: Services, mailing: Mailing) -> None:
    """Count that a mail is sent although an earlier attempt may have sent it."""
    services.mail.counts.repeats += 1
    log.warning("mail-may-repeat", mail=mailing.id)


async def _by_draft(
    services: Services, mailing: Mailing, state: MailState, gmail: Gmail, message: Message
) -> None:
    """Send the mail as a draft. Sending deletes the draft, which shows whether it was sent.

    If the draft is gone after an attempt with an unknown outcome, that attempt sent it. If the draft is gone
    although every attempt certainly failed, a person deleted it: then a new draft is made.
    """
    store, workspace, mail = services.store, mailing.workspace, mailing.id
    attempt = new_attempt()
    draft = state.draft[1] if state.draft and state.draft[0] == mailing.host else None
    was_tried = draft is not None and state.trying is not None
    is_ours = draft is None
    if draft is None:
        if state.trying:
            count_repeat(services, mailing)
        if state.draft is not None:
            await note_no_draft(store, workspace, mail, services.now())
        draft, is_ours = await _new_draft(services, mailing, gmail, message, attempt)
    others = False if is_ours else await note_trying(store, workspace, mail, services.now(), attempt)
    if draft is None or others is None:
        return
    try:
        is_sent = await gmail.send_draft(draft)
    except (GoogleRefused, GrantRevoked):
        if not (was_tried or others):
            await note_not_sent(store, workspace, mail, services.now(), attempt)
        raise
    if is_sent or was_tried or others:
        return
    state = await read_mail_state(store, workspace, mail, services.now())
    if not state.is_sent and state.trying == attempt:
        await note_no_draft(store, workspace, mail, services.now())
        await note_not_sent(store, workspace, mail, services.now(), attempt)
        raise JobDelayed(DRAFT_GONE)


async def _new_draft(
    services: Services, mailing: Mailing, gmail: Gmail, message: Message, attempt: str
) -> tuple[str | None, bool]:
    """The draft to send (None if the mail was sent already), and whether this worker made the draft."""
    made = await gmail.create_draft(to_bytes(message))
    place = (mailing.host, made)
    noted = await note_draft(services.store, mailing.workspace, mailing.id, services.now(), place, attempt)
    if noted != place:
        await gmail.delete_draft(made)
    return (noted[1] if noted else None), noted == place


async def _at_once(services: Services, mailing: Mailing, gmail: Gmail, message: Message) -> None:
    store, workspace, mail, attempt = services.store, mailing.workspace, mailing.id, new_attempt()
    was_tried = await note_trying(store, workspace, mail, services.now(), attempt)
    if was_tried is None:
        return
    if was_tried:
        count_repeat(services, mailing)
    try:
        await gmail.send(to_bytes(message))
    except (GoogleRefused, GrantRevoked):
        if not was_tried:
            await note_not_sent(store, workspace, mail, services.now(), attempt)
        raise
