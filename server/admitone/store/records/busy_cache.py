"""Busy time that was read from Google, in Redis: shared by all servers, and gone after its grace."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.store.records.google_connections import Connection, parse_connection
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store


class KnownBusy(msgspec.Struct, frozen=True, array_like=True):
    """One chunk of a user's busy time, asked for `at` (epoch seconds), of the calendars of `selection`."""

    at: int
    selection: str
    busy: list[tuple[int, int]]


class Calendars(msgspec.Struct, frozen=True):
    """What is known of a user's calendars: their connection, and chunks of busy time by number.

    What was read before `changed_at` (epoch seconds) has changed since, as far as Google told.
    """

    connection: Connection | None
    changed_at: int
    chunks: Mapping[int, KnownBusy]


async def read_calendars(
    store: Store, workspace: str, users: Sequence[str], chunks: range
) -> dict[str, Calendars]:
    """What is known of each user's calendars in these chunks, in one trip."""
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
    """Keep chunks of busy time, each a user, a number and what was read, for `lifetime` seconds."""
    keys = store.keys(workspace)
    commands = [
        Command(("SET", keys.busy(user, number), msgspec.json.encode(known), "EX", lifetime))
        for user, number, known in found
    ]
    if commands and lifetime > 0:
        await store.send(*commands)


async def note_busy_changed(store: Store, workspace: str, user: str, now: int, lifetime: int) -> None:
    """What was read of the user's calendars up to `now` is out of date; it is still there for its grace."""
    if lifetime > 0:
        key = store.keys(workspace).busy_changed(user)
        await store.send(Command(("SET", key, now, "EX", lifetime)))


def selection_of(connection: Connection) -> str:
    """A name for the choice of calendars that block time."""
    return hashlib.sha256("\n".join(sorted(connection.blocking)).encode()).hexdigest()[:16]


_known = msgspec.json.Decoder(KnownBusy)
