"""The state of mails, so that none is sent twice, and the mails that could not be sent."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.sealing import Kept, UnsealError
from admitone.store.codes import Code
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command
from admitone.texts.kept_message import KeptMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.mail.kinds import MailKind
    from admitone.store.store import ScriptAnswer, Store

REMEMBERED = 30 * 86_400
"""Seconds for which it is known at least that a mail was sent, or may have been sent.

The ids of the mails sent in one such period are one set, which expires after the next period: a key for each
mail would take four times the memory.
"""
KEPT = 100
"""The number of mails that a workspace keeps if nothing can send them; the oldest is dropped first."""


DraftPlace = tuple[str, str]
"""A user, and the id of a draft in the user's Gmail."""


class MailState(msgspec.Struct, frozen=True):
    """The state of one mail.

    `trying` is the last attempt that may have sent the mail. `draft` is the Gmail draft that is to be sent.
    """

    is_sent: bool = False
    draft: DraftPlace | None = None
    trying: str | None = None


class TemplateFault(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last failure of a workspace's own template: the time (epoch seconds), and the cause.

    `said` is the message of the sentence.
    """

    at: int
    field: str
    sentence: str
    said: KeptMessage | None = None


async def read_mail_state(store: Store, workspace: str, mail: str, now: int) -> MailState:
    """The state of a mail; the state of an unknown mail is empty."""
    keys = store.keys(workspace)
    pairs, *sent = await store.send(
        Command(("HGETALL", keys.mail(mail))),
        *(Command(("SISMEMBER", key, mail)) for key in sent_keys(store, workspace, now)),
    )
    fields = text_map(pairs)
    state = mail_state(fields.get("draft", b""), fields.get("trying", b""))
    return msgspec.structs.replace(state, is_sent=any(sent))


def mail_state(draft: bytes, trying: bytes) -> MailState:
    """The state of a mail that was not sent, from the fields of its hash; both are empty if missing."""
    return MailState(draft=_draft(draft) if draft else None, trying=trying.decode() or None)


async def note_trying(store: Store, workspace: str, mail: str, now: int, attempt: str) -> bool | None:
    """Record that `attempt` is about to send the mail.

    Returns whether another attempt may have sent it before, or None if it certainly was sent.
    """
    answer = await _note(store, workspace, mail, now, ["trying", attempt])
    return answer.rest[0] not in {b"", attempt.encode()} if answer.code is Code.OK else None


async def note_draft(
    store: Store, workspace: str, mail: str, now: int, draft: DraftPlace, attempt: str
) -> DraftPlace | None:
    """Record the draft to send; returns it, or the draft recorded before, or None if the mail was sent."""
    answer = await _note(store, workspace, mail, now, ["draft", " ".join(draft), "trying", attempt])
    if answer.code is Code.MOVED:
        return _draft(answer.rest[0])
    return draft if answer.code is Code.OK else None


async def note_no_draft(store: Store, workspace: str, mail: str, now: int) -> None:
    """Record that the draft of the mail must not be sent any more."""
    await _note(store, workspace, mail, now, gone=["draft"])


async def note_not_sent(store: Store, workspace: str, mail: str, now: int, attempt: str) -> None:
    """Record that `attempt` certainly failed."""
    await _note(store, workspace, mail, now, gone=["trying"], tried=attempt)


async def note_sent(
    store: Store, workspace: str, mail: str, now: int, *, host: str = "", subject: str | None = None
) -> int:
    """Record that the mail was sent, or never will be.

    With the `subject` of mails that can wait, none about it waits for this host any more. Returns how many
    mails of the host wait.
    """
    answer = await _note(store, workspace, mail, now, sent=True, subject=subject, host=host)
    return int(answer.rest[1]) if answer.code is Code.OK else 0


async def keep_mail(store: Store, workspace: str, mail: str, now: int, content: bytes) -> bool:
    """Keep a mail that nothing can send; it then counts as sent. Returns False if it was sent before."""
    sealed = store.sealer.seal(Kept.MAIL, f"{workspace}:{mail}", content)
    answer = await _note(store, workspace, mail, now, sent=True, keep=f"{mail} {sealed}")
    return answer.code is Code.OK


async def read_kept_mails(store: Store, workspace: str) -> list[tuple[str, bytes]]:
    """The kept mails with their ids, newest first; mails that no secret key opens are left out."""
    [texts] = await store.send(Command(("LRANGE", store.keys(workspace).kept_mails, 0, -1)))
    found: list[tuple[str, bytes]] = []
    for mail, _, sealed in (text.decode().partition(" ") for text in texts):
        with suppress(UnsealError):
            found.append((mail, store.sealer.open(Kept.MAIL, f"{workspace}:{mail}", sealed)))
    return found


async def note_template_fault(store: Store, workspace: str, kind: MailKind, fault: TemplateFault) -> None:
    """Record that a template failed, for administrators."""
    key = store.keys(workspace).mail_faults
    await store.send(Command(("HSET", key, kind, msgspec.json.encode(fault))))


async def forget_template_fault(store: Store, workspace: str, kind: MailKind) -> None:
    """Delete the recorded failure of a template, because the template was changed."""
    await store.send(Command(("HDEL", store.keys(workspace).mail_faults, kind)))


async def read_template_faults(store: Store, workspace: str) -> dict[str, TemplateFault]:
    """The recorded failures of templates, by kind of mail."""
    [pairs] = await store.send(Command(("HGETALL", store.keys(workspace).mail_faults)))
    return {kind: _fault.decode(text) for kind, text in text_map(pairs).items()}


async def _note(
    store: Store,
    workspace: str,
    mail: str,
    now: int,
    fields: Sequence[str] = (),
    *,
    gone: Sequence[str] = (),
    tried: str | None = None,
    sent: bool = False,
    keep: str | None = None,
    subject: str | None = None,
    host: str = "",
) -> ScriptAnswer:
    keys = store.keys(workspace)
    arguments: dict[str, Any] = {
        "mail": mail,
        "fields": fields,
        "gone": gone,
        "tried": tried,
        "sent": sent,
        "lifetime": 2 * REMEMBERED,
        "keep": keep,
        "most": KEPT,
        "subject": subject,
    }
    sent_lately, earlier = sent_keys(store, workspace, now)
    names = {"mail": keys.mail(mail), "sent": sent_lately, "earlier": earlier, "kept": keys.kept_mails}
    if subject is not None:
        names |= {"waiting": keys.waiting_mails, "index": keys.waiting_of(host)}
    return await store.call("mail_note", names, arguments)


def sent_keys(store: Store, workspace: str, now: int) -> list[str]:
    """The sets of the mails that were sent, or never will be: of this period and of the one before."""
    period, keys = now // REMEMBERED, store.keys(workspace)
    return [keys.sent_mails(period), keys.sent_mails(period - 1)]


def _draft(text: bytes) -> DraftPlace:
    user, _, draft = text.decode().partition(" ")
    return user, draft


_fault = msgspec.json.Decoder(TemplateFault)
