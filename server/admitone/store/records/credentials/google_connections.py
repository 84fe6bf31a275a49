"""Users' connections to Google in Redis: one document each, with compare-and-set and a sealed refresh token.

They are not part of the configuration: sync and renewals write often, and must not change its counter.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import Busy
from admitone.domain.people.audit import AuditEntry
from admitone.sealing import Kept
from admitone.store.codes import Code
from admitone.store.records.audit import audit_line
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

ATTEMPTS = 5
Note = Callable[["Connection | None", "Connection | None"], AuditEntry | None]
"""Makes the entry of the audit log from a connection before and after a change that a person decided on."""
PRIMARY = "primary"
"""Google's name for the main calendar of an account."""


class Watch(msgspec.Struct, frozen=True):
    """A channel by which Google reports changes of one calendar, until a time (epoch seconds)."""

    id: str
    resource: str
    until: int


class Connection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a user allowed at Google, and how it is used.

    Google granted `scopes`. `blocking` has the ids of the calendars that block time; `writing` is the id of
    the calendar to which bookings are written.
    """

    user: str
    email: str
    """The address of the Google account, from which its mail is sent."""
    scopes: Sequence[str]
    refresh_token: str
    """Sealed; `open_refresh_token` opens it."""
    connected_at: int
    blocking: Sequence[str] = (PRIMARY,)
    writing: str = PRIMARY
    unwritable: str | None = None
    """A calendar that refused a booking. While it equals `writing`, the user is asked to choose another."""
    needs_reconnect: bool = False
    """Google rejected the refresh token: the user must reconnect."""
    sync_token: str | None = None
    """Google's token from which the next reading of changes in `writing` continues."""
    watches: dict[str, Watch] = {}
    """The channels by calendar id."""
    timezone: str | None = None
    """The zone of the account's main calendar when it was connected; None if it is not known."""
    revision: str = ""
    """A random text, new with each write."""


async def read_connection(store: Store, workspace: str, user: str) -> Connection | None:
    """A user's connection, or None if there is none."""
    [found] = await read_connections(store, workspace, [user])
    return found


async def read_connections(store: Store, workspace: str, users: Sequence[str]) -> list[Connection | None]:
    """The connections of `users`, in the same order, in one trip; None for a user without one."""
    if not users:
        return []
    keys = store.keys(workspace)
    texts = await store.send(*(Command(("GET", keys.connection(user))) for user in users))
    return [parse_connection(text) for text in texts]


async def change_connection(
    store: Store,
    workspace: str,
    user: str,
    change: Callable[[Connection], Connection | None],
    note: Note | None = None,
) -> Connection | None:
    """Replace the connection by the result of `change`, unless that is None; returns the new state.

    If somebody else wrote in between, `change` is called again. If there is no connection, it is not called,
    and the result is None. Raises Busy.
    """
    for _ in range(ATTEMPTS):
        text, there = await _read(store, workspace, user)
        changed = there and change(there)
        if changed is None:
            return there
        fresh = _fresh(changed)
        if await _swap(store, workspace, user, text, fresh, note(there, fresh) if note else None):
            return fresh
    raise Busy


async def write_connection(
    store: Store, workspace: str, connection: Connection, note: Note | None = None
) -> Connection:
    """Write the connection of a user over any existing one; raises Busy."""
    for _ in range(ATTEMPTS):
        text, there = await _read(store, workspace, connection.user)
        fresh = _fresh(connection)
        entry = note(there, fresh) if note else None
        if await _swap(store, workspace, connection.user, text, fresh, entry):
            return fresh
    raise Busy


async def delete_connection(store: Store, workspace: str, user: str, note: Note | None = None) -> None:
    """Delete a user's connection; a concurrent `change_connection` then finds none. Raises Busy."""
    for _ in range(ATTEMPTS):
        text, there = await _read(store, workspace, user)
        if there is None:
            return
        if await _swap(store, workspace, user, text, None, note(there, None) if note else None):
            return
    raise Busy


def parse_connection(text: bytes | None) -> Connection | None:
    """The connection in Redis's answer, or None if there is none."""
    return None if text is None else _connection.decode(text)


def seal_refresh_token(store: Store, workspace: str, user: str, token: str) -> str:
    """Seal a refresh token for the connection of a user."""
    return store.sealer.seal(Kept.GOOGLE_GRANT, f"{workspace}:{user}", token.encode())


def open_refresh_token(store: Store, workspace: str, connection: Connection) -> str:
    """The refresh token of a connection; raises UnsealError."""
    place = f"{workspace}:{connection.user}"
    return store.sealer.open(Kept.GOOGLE_GRANT, place, connection.refresh_token).decode()


async def _read(store: Store, workspace: str, user: str) -> tuple[bytes | None, Connection | None]:
    """What Redis holds, as text and as a connection."""
    [text] = await store.send(Command(("GET", store.keys(workspace).connection(user))))
    return text, parse_connection(text)


def _fresh(connection: Connection) -> Connection:
    return msgspec.structs.replace(connection, revision=secrets.token_hex(8))


async def _swap(
    store: Store,
    workspace: str,
    user: str,
    text: bytes | None,
    connection: Connection | None,
    entry: AuditEntry | None,
) -> bool:
    """Write, or with None delete, if Redis still holds `text`; whether it did."""
    keys = store.keys(workspace)
    answer = await store.call(
        "connection_swap",
        {"connection": keys.connection(user), "audit": keys.audit if entry else None},
        {
            "expected": None if text is None else text.decode(),
            "connection": None if connection is None else msgspec.json.encode(connection).decode(),
            "audit": audit_line(store, entry),
        },
    )
    return answer.code is Code.OK


_connection = msgspec.json.Decoder(Connection)
