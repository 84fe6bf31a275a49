"""Sessions of the dashboard: the hash of a token leads to a user, until the session expires or ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.people.seen import Seen
from admitone.store.records.credentials.access import entered
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

LIFETIME = 30 * 86_400
"""Seconds after the sign-in at which a session expires."""
NOTED_EVERY = 3600
"""Seconds between two notes of when a session was used."""


class Session(msgspec.Struct, frozen=True):
    """The user who is signed in, the time of the sign-in (epoch seconds), and the user's epoch then.

    `used_at` and `seen` say when and where it was last used, to the hour.
    """

    user: str
    at: int
    epoch: int = 0
    used_at: int = 0
    seen: Seen = Seen()


def session_id(token: str) -> str:
    """The id of a session: the hash of its token, which Redis never holds."""
    return tokens.address("session", token)


async def write_session(store: Store, workspace: str, token: str, session: Session) -> None:
    """Begin a session; a second call with the same token begins no other."""
    keys, named = store.keys(workspace), session_id(token)
    await store.send(
        *entered(keys, "session", named, session.user, session.at + LIFETIME),
        Command(("SET", keys.session(named), msgspec.json.encode(session), "EX", LIFETIME)),
    )


async def note_use(store: Store, workspace: str, named: str, session: Session, now: int, seen: Seen) -> None:
    """Note when and where a session is used, once an hour; one that has ended meanwhile stays ended."""
    if now - max(session.at, session.used_at) < NOTED_EVERY:
        return
    text = msgspec.json.encode(msgspec.structs.replace(session, used_at=now, seen=seen))
    key = store.keys(workspace).session(named)
    await store.send(Command(("SET", key, text, "XX", "KEEPTTL"), is_telemetry=True))


async def delete_session(store: Store, workspace: str, named: str) -> None:
    """End the session with this id."""
    await store.send(Command(("DEL", store.keys(workspace).session(named))))


def read_session(text: bytes | None) -> Session | None:
    """The session in Redis's answer, or None if there is none."""
    return None if text is None else msgspec.json.decode(text, type=Session)
