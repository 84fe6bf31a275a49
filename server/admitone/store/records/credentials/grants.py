"""Grants in Redis: a document with compare-and-set, and for a minute a sealed copy of the newest token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.people.grant import GRACE_SECONDS, Grant
from admitone.sealing import Kept, UnsealError
from admitone.store.codes import Code
from admitone.store.records.credentials.access import entered
from admitone.store.records.set_up import app_used
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store


class StoredGrant(msgspec.Struct, frozen=True):
    """A grant, and its text in Redis, which the next write compares."""

    grant: Grant
    text: bytes


def read_grant(text: bytes | None) -> StoredGrant | None:
    """The grant in Redis's answer, or None if there is none."""
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
    """Write a new grant, or replace one that was `read`; False if it has changed since then.

    `successor` is the new refresh token of the grant; its copy is sealed for this state of the grant.
    """
    keys = store.keys(workspace)
    place = _place(workspace, grant_id, grant)
    swap = store.command(
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
    commands = entered(keys, "grant", grant_id, grant.user, grant.until)
    if grant.is_exchanged:
        commands.append(app_used(keys, grant.user, now))
    *_, [code, *_] = await store.send(*commands, swap)
    return Code(code) is Code.OK


async def read_successor(store: Store, workspace: str, grant_id: str, grant: Grant) -> str | None:
    """The current refresh token of `grant`, or None if its copy has expired or belongs to a later token."""
    [sealed] = await store.send(Command(("GET", store.keys(workspace).grant_successor(grant_id))))
    try:
        opened = sealed and store.sealer.open(
            Kept.SUCCESSOR, _place(workspace, grant_id, grant), sealed.decode()
        )
    except UnsealError:
        return None
    return opened.decode() if opened else None


async def delete_grant(store: Store, workspace: str, grant_id: str) -> None:
    """End a grant, and with it all of its refresh tokens and access tokens."""
    keys = store.keys(workspace)
    await store.send(Command(("DEL", keys.grant(grant_id), keys.grant_successor(grant_id))))


def _place(workspace: str, grant_id: str, grant: Grant) -> str:
    return f"{workspace}:{grant_id}:{grant.current}"
