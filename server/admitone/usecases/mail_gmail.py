"""Send one mail by the host's Gmail: by way of a draft where that is allowed, which makes a retry safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from admitone.domain.job import JobDelayed
from admitone.google.errors import GoogleRefused, GrantRevoked
from admitone.google.scopes import COMPOSE
from admitone.mail.message import to_bytes
from admitone.store.mail_store import note_draft, note_no_draft, note_not_sent, note_sent, note_trying

if TYPE_CHECKING:
    from admitone.google.api import GoogleGrant
    from admitone.google.gmail import Gmail
    from admitone.mail.message import Message
    from admitone.store.mail_store import MailState
    from admitone.usecases.mail_deliver import Mailing
    from admitone.usecases.services import Services

log = structlog.get_logger()


async def send_by_gmail(
    services: Services, mailing: Mailing, state: MailState, gmail: Gmail, grant: GoogleGrant, message: Message
) -> None:
    """Send it, and note that it was sent.

    Raises GoogleRefused and GrantRevoked (not sent), GoogleUnreachable (it may have been), JobDelayed.
    """
    if COMPOSE in grant.scopes:
        await _by_draft(services, mailing, state, gmail, message)
    else:
        await _at_once(services, mailing, state, gmail, message)
    await note_sent(services.store, mailing.workspace, mailing.id, "gmail")


def count_repeat(services: Services, mailing: Mailing) -> None:
    """The mail goes out although an earlier attempt may have sent it."""
    services.mail.counts.repeats += 1
    log.warning("mail-may-repeat", mail=mailing.id)


async def _by_draft(
    services: Services, mailing: Mailing, state: MailState, gmail: Gmail, message: Message
) -> None:
    """Sending deletes the draft. So a draft that is gone after an attempt of unknown outcome was sent by it.

    One that is gone although every attempt certainly failed was deleted by hand: then there is a new one.
    """
    store, workspace, mail = services.store, mailing.workspace, mailing.id
    draft = state.draft[1] if state.draft and state.draft[0] == mailing.host else None
    was_trying = state.trying and draft is not None
    if draft is None:
        if state.trying:
            count_repeat(services, mailing)
        if state.draft is not None:
            await note_no_draft(store, workspace, mail)
        draft, was_trying = await _new_draft(services, mailing, gmail, message)
        if draft is None:
            return
    elif not was_trying:
        await note_trying(store, workspace, mail)
    try:
        is_sent = await gmail.send_draft(draft)
    except (GoogleRefused, GrantRevoked):
        if not was_trying:
            await note_not_sent(store, workspace, mail)
        raise
    if not is_sent and not was_trying:
        await note_no_draft(store, workspace, mail)
        raise JobDelayed("The draft of this mail was deleted before it was sent.")


async def _new_draft(
    services: Services, mailing: Mailing, gmail: Gmail, message: Message
) -> tuple[str | None, bool]:
    """The draft to send, and whether another worker may have sent it; None where the mail is out already."""
    made = await gmail.create_draft(to_bytes(message))
    place = (mailing.host, made)
    noted = await note_draft(services.store, mailing.workspace, mailing.id, place)
    if noted == place:
        return made, False
    await gmail.delete_draft(made)  # another worker was faster with the same mail
    return (noted[1], True) if noted else (None, True)


async def _at_once(
    services: Services, mailing: Mailing, state: MailState, gmail: Gmail, message: Message
) -> None:
    store, workspace, mail = services.store, mailing.workspace, mailing.id
    if state.trying:
        count_repeat(services, mailing)
    elif not await note_trying(store, workspace, mail):
        return
    try:
        await gmail.send(to_bytes(message))
    except (GoogleRefused, GrantRevoked):
        if not state.trying:
            await note_not_sent(store, workspace, mail)
        raise
