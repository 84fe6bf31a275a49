"""Sessions of the dashboard: the hash of a token leads to a user, until the session expires or ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

LIFETIME = 30 * 86_400
"""Seconds after the sign-in at which a session expires."""


class Session(msgspec.Struct, frozen=True):
    """The user who is signed in, the time of the sign-in (epoch seconds), and the user's epoch then."""

    user: str
    at: int
    epoch: int = 0


def session_id(token: str) -> str:
    """The id of a session: the hash of its token, which Redis never holds."""
    return tokens.address("session", token)


async def write_session(store: Store, workspace: str, token: str, session: Session) -> None:
    """Begin a session; a second call with the same token begins no other."""
    key = store.keys(workspace).session(session_id(token))
    await store.send(Command(("SET", key, msgspec.json.encode(session), "EX", LIFETIME)))


async def delete_session(store: Store, token: str) -> None:
    """End a session."""
    keys = store.keys(token[: tokens.WORKSPACE_LENGTH])
    await store.send(Command(("DEL", keys.session(session_id(token)))))


def read_session(text: bytes | None) -> Session | None:
    """The session in Redis's answer, or None if there is none."""
    return None if text is None else msgspec.json.decode(text, type=Session)
