"""Users' connections to Google in Redis: a document each, compared and set, with a sealed refresh token.

They are no configuration: what sync and renewals write here all day moves no counter.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import Busy
from admitone.sealing import Kept
from admitone.store.codes import Code
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

ATTEMPTS = 5
PRIMARY = "primary"
"""The account's own calendar, as Google's API calls it."""


class Watch(msgspec.Struct, frozen=True):
    """A channel by which Google tells of changes in one calendar, until a time (epoch seconds)."""

    id: str
    resource: str
    until: int


class Connection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a user allowed at Google, and how it is used.

    `scopes` are those that Google granted. `blocking` are the ids of the calendars that block time, `writing`
    that of the one which bookings are written to.
    """

    user: str
    email: str
    """The Google account's address, which its mail is sent from."""
    scopes: Sequence[str]
    refresh_token: str
    """Sealed; `open_refresh_token` opens it."""
    connected_at: int
    blocking: Sequence[str] = (PRIMARY,)
    writing: str = PRIMARY
    unwritable: str | None = None
    """The calendar that Google let no booking be written to; while it is `writing`, another is asked for."""
    needs_reconnect: bool = False
    """Google does not take the refresh token any more: the user must connect anew."""
    sync_token: str | None = None
    """Where the reading of changes in `writing` goes on."""
    watches: dict[str, Watch] = {}
    """The channels by id of calendar."""
    revision: str = ""
    """Random, and different with each write."""


async def read_connection(store: Store, workspace: str, user: str) -> Connection | None:
    """A user's connection, None where there is none."""
    [found] = await read_connections(store, workspace, [user])
    return found


async def read_connections(store: Store, workspace: str, users: Sequence[str]) -> list[Connection | None]:
    """The connections of users, in their order, in one trip."""
    if not users:
        return []
    keys = store.keys(workspace)
    texts = await store.send(*(Command(("GET", keys.connection(user))) for user in users))
    return [parse_connection(text) for text in texts]


async def change_connection(
    store: Store, workspace: str, user: str, change: Callable[[Connection], Connection | None]
) -> Connection | None:
    """Write what `change` makes of the connection as it is, None to leave it; what is there afterwards.

    `change` is called again where somebody else wrote in between, and not at all where there is none.
    Raises Busy.
    """
    key = store.keys(workspace).connection(user)
    for _ in range(ATTEMPTS):
        [text] = await store.send(Command(("GET", key)))
        there = parse_connection(text)
        changed = there and change(there)
        if changed is None:
            return there
        if (written := await _swap(store, key, text, changed)) is not None:
            return written
    raise Busy


async def write_connection(store: Store, workspace: str, connection: Connection) -> Connection:
    """Write the connection of its user, whatever was there; raises Busy."""
    key = store.keys(workspace).connection(connection.user)
    for _ in range(ATTEMPTS):
        [text] = await store.send(Command(("GET", key)))
        if (written := await _swap(store, key, text, connection)) is not None:
            return written
    raise Busy


async def delete_connection(store: Store, workspace: str, user: str) -> None:
    """Forget a user's connection; a change of it that is under way finds none."""
    await store.send(Command(("DEL", store.keys(workspace).connection(user))))


def parse_connection(text: bytes | None) -> Connection | None:
    """A connection as Redis holds it, None where there is none."""
    return None if text is None else _connection.decode(text)


def seal_refresh_token(store: Store, workspace: str, user: str, token: str) -> str:
    """A refresh token as the user's connection holds it."""
    return store.sealer.seal(Kept.GOOGLE_GRANT, f"{workspace}:{user}", token.encode())


def open_refresh_token(store: Store, workspace: str, connection: Connection) -> str:
    """The refresh token of a connection; raises UnsealError."""
    place = f"{workspace}:{connection.user}"
    return store.sealer.open(Kept.GOOGLE_GRANT, place, connection.refresh_token).decode()


async def _swap(store: Store, key: str, text: bytes | None, connection: Connection) -> Connection | None:
    """The connection as it was written, None where something else was there than `text`."""
    fresh = msgspec.structs.replace(connection, revision=secrets.token_hex(8))
    answer = await store.call(
        "connection_swap",
        {"connection": key},
        {
            "expected": None if text is None else text.decode(),
            "connection": msgspec.json.encode(fresh).decode(),
        },
    )
    return fresh if answer.code is Code.OK else None


_connection = msgspec.json.Decoder(Connection)
