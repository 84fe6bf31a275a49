"""A cache in Redis for busy time from Google: all servers share it, and its entries expire."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.store.records.credentials.google_connections import Connection, parse_connection
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store


class KnownBusy(msgspec.Struct, frozen=True, array_like=True):
    """One chunk of a user's busy time, read `at` (epoch seconds) from the calendars of `selection`."""

    at: int
    selection: str
    busy: list[tuple[int, int]]


class Calendars(msgspec.Struct, frozen=True):
    """A user's connection, and the cached chunks of busy time by number.

    Google reported a change at `changed_at` (epoch seconds; -1: none): chunks read before are out of date.
    """

    connection: Connection | None
    changed_at: int
    chunks: Mapping[int, KnownBusy]


async def read_calendars(
    store: Store, workspace: str, users: Sequence[str], chunks: range
) -> dict[str, Calendars]:
    """The connections and the cached `chunks` of `users`, in one trip."""
    if not users:
        return {}
    keys = store.keys(workspace)
    commands = []
    for user in users:
        names = [keys.connection(user), keys.busy_changed(user), *(keys.busy(user, one) for one in chunks)]
        commands.append(Command(("MGET", *names)))
    answers = await store.send(*commands)
    return {
        user: Calendars(
            parse_connection(connection),
            int(changed or -1),
            {
                number: _known.decode(text)
                for number, text in zip(chunks, texts, strict=True)
                if text is not None
            },
        )
        for user, (connection, changed, *texts) in zip(users, answers, strict=True)
    }


async def keep_busy(
    store: Store, workspace: str, found: Iterable[tuple[str, int, KnownBusy]], lifetime: int
) -> None:
    """Cache chunks of busy time (user, number, busy time) for `lifetime` seconds."""
    keys = store.keys(workspace)
    commands = [
        Command(
            ("SET", keys.busy(user, number), msgspec.json.encode(known), "EX", lifetime), may_be_lost=True
        )
        for user, number, known in found
    ]
    if commands and lifetime > 0:
        await store.send(*commands)


async def note_busy_changed(store: Store, workspace: str, user: str, now: int, lifetime: int) -> None:
    """Mark the user's chunks read up to `now` as out of date; the mark lasts `lifetime` seconds."""
    if lifetime > 0:
        key = store.keys(workspace).busy_changed(user)
        await store.send(Command(("SET", key, now, "EX", lifetime), may_be_lost=True))


def selection_of(connection: Connection) -> str:
    """A hash of the chosen calendars that block time."""
    return hashlib.sha256("\n".join(sorted(connection.blocking)).encode()).hexdigest()[:16]


_known = msgspec.json.Decoder(KnownBusy)
