"""Unsubscribed recipients of a workspace: keyed hashes by the time at which they unsubscribed.

They outlive the contact and its erasure, since else a host who imports the address again would mail it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.budgets import RESUBSCRIPTIONS
from admitone.domain.mail.unsubscribe_token import hash_recipient
from admitone.store.records.documents import event_text
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.event import Event
    from admitone.domain.mail.unsubscribe_token import Unsubscribing
    from admitone.store.codes import Code
    from admitone.store.store import ScriptAnswer, Store


async def is_unsubscribed(store: Store, workspace: str, email: str) -> bool:
    """Whether the address gets no workflow mails of the workspace, however it is spelt."""
    [at] = await unsubscribed_at(store, workspace, [email])
    return at is not None


async def unsubscribed_at(store: Store, workspace: str, emails: Sequence[str]) -> list[int | None]:
    """When each of the addresses unsubscribed (epoch seconds), None for one that did not."""
    key = await store.unsubscribe_key.find() if emails else None
    if key is None:
        return [None] * len(emails)
    return await _times(store, workspace, [hash_recipient(key, workspace, email) for email in emails])


async def is_recipient_unsubscribed(store: Store, named: Unsubscribing) -> bool:
    """Whether the recipient whom a token names is unsubscribed."""
    [at] = await _times(store, named.workspace, [named.recipient])
    return at is not None


async def unsubscribe(store: Store, named: Unsubscribing, event: Event | None, now: int) -> Code:
    """Unsubscribe a recipient: OK, or UNCHANGED if they are unsubscribed already."""
    arguments = {"now": now, "recipient": named.recipient, "event": _text(event)}
    return (await store.call_in(named.workspace, "unsubscribe", {}, arguments)).code


async def resubscribe(
    store: Store, named: Unsubscribing, event: Event | None, operation: str, now: int
) -> ScriptAnswer:
    """Undo it, once for an `operation`: OK, APPLIED, UNCHANGED, or TOO_MANY with the seconds to wait."""
    names = {"recent": store.keys(named.workspace).resubscribed(named.recipient)}
    arguments = {
        "id": operation,
        "now": now,
        "recipient": named.recipient,
        "rate": msgspec.to_builtins(RESUBSCRIPTIONS),
        "event": _text(event),
    }
    return await store.call_in(named.workspace, "resubscribe", names, arguments)


async def _times(store: Store, workspace: str, recipients: Sequence[str]) -> list[int | None]:
    [scores] = await store.send(Command(("ZMSCORE", store.keys(workspace).unsubscribed, *recipients)))
    return [None if score is None else int(float(score)) for score in scores]


def _text(event: Event | None) -> str | None:
    return None if event is None else event_text(event)
