"""Grants in Redis: a document that is compared and set, and for a minute a sealed copy of its last token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.people.grant import GRACE_SECONDS, Grant
from admitone.sealing import Kept, UnsealError
from admitone.store.codes import Code
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store


class StoredGrant(msgspec.Struct, frozen=True):
    """A grant, and the text that Redis holds it as, which a write compares."""

    grant: Grant
    text: bytes


def read_grant(text: bytes | None) -> StoredGrant | None:
    """A grant as Redis holds it, None where there is none."""
    return None if text is None else StoredGrant(msgspec.json.decode(text, type=Grant), text)


async def write_grant(
    store: Store,
    workspace: str,
    grant_id: str,
    grant: Grant,
    *,
    now: int,
    read: StoredGrant | None = None,
    successor: str | None = None,
) -> bool:
    """Write a new grant, or one that is still as it was `read`; whether that was so.

    `successor` is the grant's new refresh token, of which a copy is kept that this grant alone opens.
    """
    keys = store.keys(workspace)
    place = _place(workspace, grant_id, grant)
    answer = await store.call(
        "grant_swap",
        {"grant": keys.grant(grant_id), "successor": keys.grant_successor(grant_id)},
        {
            "expected": None if read is None else read.text.decode(),
            "grant": msgspec.json.encode(grant).decode(),
            "lifetime": grant.until - now,
            "successor": successor and store.sealer.seal(Kept.SUCCESSOR, place, successor.encode()),
            "grace": GRACE_SECONDS,
        },
    )
    return answer.code is Code.OK


async def read_successor(store: Store, workspace: str, grant_id: str, grant: Grant) -> str | None:
    """The refresh token that is the grant's current one, None where its copy is gone or is of a later one."""
    [sealed] = await store.send(Command(("GET", store.keys(workspace).grant_successor(grant_id))))
    try:
        opened = sealed and store.sealer.open(
            Kept.SUCCESSOR, _place(workspace, grant_id, grant), sealed.decode()
        )
    except UnsealError:
        return None
    return opened.decode() if opened else None


async def delete_grant(store: Store, workspace: str, grant_id: str) -> None:
    """End a grant, and with it every token of its family; access tokens as well."""
    keys = store.keys(workspace)
    await store.send(Command(("DEL", keys.grant(grant_id), keys.grant_successor(grant_id))))


def _place(workspace: str, grant_id: str, grant: Grant) -> str:
    return f"{workspace}:{grant_id}:{grant.current}"
