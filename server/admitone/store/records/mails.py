"""What is remembered of mails, so that none goes out twice, and those that nothing could send."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.sealing import Kept, UnsealError
from admitone.store.codes import Code
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.mail.kinds import MailKind
    from admitone.store.store import ScriptAnswer, Store

REMEMBERED = 30 * 86_400
"""Seconds for which it is known at least that a mail was sent, or may have been.

The ids of mails that went out are a set for each such period, which goes as one when the next is over: a key
for each mail would take four times the memory.
"""
KEPT = 100
"""Mails that a workspace keeps where nothing can send them; the oldest goes first."""


DraftPlace = tuple[str, str]
"""A user, and the id of a draft in their Gmail."""


class MailState(msgspec.Struct, frozen=True):
    """What became of one mail so far.

    `trying` is the last attempt that may have handed it over. `draft` is the one that it goes out as.
    """

    is_sent: bool = False
    draft: DraftPlace | None = None
    trying: str | None = None


class TemplateFault(msgspec.Struct, frozen=True):
    """When (epoch seconds) a workspace's own template could not be used last, and why."""

    at: int
    field: str
    sentence: str


async def read_mail_state(store: Store, workspace: str, mail: str, now: int) -> MailState:
    """What is remembered of a mail."""
    keys = store.keys(workspace)
    pairs, *sent = await store.send(
        Command(("HGETALL", keys.mail(mail))),
        *(Command(("SISMEMBER", key, mail)) for key in _sent(store, workspace, now)),
    )
    fields = text_map(pairs)
    draft = fields.get("draft")
    return MailState(
        is_sent=any(sent),
        draft=_draft(draft) if draft else None,
        trying=fields["trying"].decode() if "trying" in fields else None,
    )


async def note_trying(store: Store, workspace: str, mail: str, now: int, attempt: str) -> bool | None:
    """Note that the mail is about to be handed over by `attempt`; whether another may have been before.

    None: it was sent.
    """
    answer = await _note(store, workspace, mail, now, ["trying", attempt])
    return answer.rest[0] not in {b"", attempt.encode()} if answer.code is Code.OK else None


async def note_draft(
    store: Store, workspace: str, mail: str, now: int, draft: DraftPlace, attempt: str
) -> DraftPlace | None:
    """Note the draft that the mail is about to go out as; it, or the one there already. None: it was sent."""
    answer = await _note(store, workspace, mail, now, ["draft", " ".join(draft), "trying", attempt])
    if answer.code is Code.MOVED:
        return _draft(answer.rest[0])
    return draft if answer.code is Code.OK else None


async def note_no_draft(store: Store, workspace: str, mail: str, now: int) -> None:
    """Note that the mail's draft is not to be sent any more."""
    await _note(store, workspace, mail, now, gone=["draft"])


async def note_not_sent(store: Store, workspace: str, mail: str, now: int, attempt: str) -> None:
    """Note that `attempt` certainly failed."""
    await _note(store, workspace, mail, now, gone=["trying"], tried=attempt)


async def note_sent(store: Store, workspace: str, mail: str, now: int) -> None:
    """Note that the mail is out."""
    await _note(store, workspace, mail, now, sent=True)


async def keep_mail(store: Store, workspace: str, mail: str, now: int, content: bytes) -> bool:
    """Keep a mail that nothing can send, which counts as sent; False if it was sent before."""
    sealed = store.sealer.seal(Kept.MAIL, f"{workspace}:{mail}", content)
    answer = await _note(store, workspace, mail, now, sent=True, keep=f"{mail} {sealed}")
    return answer.code is Code.OK


async def read_kept_mails(store: Store, workspace: str) -> list[tuple[str, bytes]]:
    """The mails that were kept with their ids, the newest first; none under a key that is gone."""
    [texts] = await store.send(Command(("LRANGE", store.keys(workspace).kept_mails, 0, -1)))
    found: list[tuple[str, bytes]] = []
    for mail, _, sealed in (text.decode().partition(" ") for text in texts):
        with suppress(UnsealError):
            found.append((mail, store.sealer.open(Kept.MAIL, f"{workspace}:{mail}", sealed)))
    return found


async def note_template_fault(store: Store, workspace: str, kind: MailKind, fault: TemplateFault) -> None:
    """Note that a template could not be used, for administrators to see."""
    key = store.keys(workspace).mail_faults
    await store.send(Command(("HSET", key, kind, msgspec.json.encode(fault))))


async def forget_template_fault(store: Store, workspace: str, kind: MailKind) -> None:
    """A template was written anew: what was wrong with the one before is over."""
    await store.send(Command(("HDEL", store.keys(workspace).mail_faults, kind)))


async def read_template_faults(store: Store, workspace: str) -> dict[str, TemplateFault]:
    """The faults by the kind of mail."""
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
    }
    sent_lately, earlier = _sent(store, workspace, now)
    names = {"mail": keys.mail(mail), "sent": sent_lately, "earlier": earlier, "kept": keys.kept_mails}
    return await store.call("mail_note", names, arguments)


def _sent(store: Store, workspace: str, now: int) -> list[str]:
    period, keys = now // REMEMBERED, store.keys(workspace)
    return [keys.sent_mails(period), keys.sent_mails(period - 1)]


def _draft(text: bytes) -> DraftPlace:
    user, _, draft = text.decode().partition(" ")
    return user, draft


_fault = msgspec.json.Decoder(TemplateFault)
