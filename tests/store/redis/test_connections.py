"""Connections to Google in Redis: written only by who read them last, the refresh token sealed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.sealing import UnsealError
from admitone.store.records.credentials.google_connections import (
    change_connection,
    delete_connection,
    open_refresh_token,
    read_connection,
    read_connections,
    seal_refresh_token,
    write_connection,
)
from tests.support.factories import WORKSPACE, a_connection

if TYPE_CHECKING:
    from admitone.store.records.credentials.google_connections import Connection
    from admitone.store.store import Store


async def test_what_was_written_is_read(store: Store) -> None:
    written = await write_connection(store, WORKSPACE, a_connection())
    assert await read_connection(store, WORKSPACE, "user") == written
    assert await read_connections(store, WORKSPACE, ["other", "user"]) == [None, written]
    assert await read_connections(store, WORKSPACE, []) == []


async def test_a_refresh_token_opens_in_its_users_connection_only(store: Store) -> None:
    sealed = seal_refresh_token(store, WORKSPACE, "user", "the-token")
    assert open_refresh_token(store, WORKSPACE, a_connection(refresh_token=sealed)) == "the-token"
    with pytest.raises(UnsealError):
        open_refresh_token(store, WORKSPACE, a_connection(user="other", refresh_token=sealed))


async def test_changes_at_the_same_time_are_all_made(store: Store) -> None:
    await write_connection(store, WORKSPACE, a_connection(blocking=()))

    async def add(calendar: str) -> None:
        def change(there: Connection) -> Connection:
            return msgspec.structs.replace(there, blocking=[*there.blocking, calendar])

        await change_connection(store, WORKSPACE, "user", change)

    await asyncio.gather(*(add(str(number)) for number in range(4)))
    found = await read_connection(store, WORKSPACE, "user")
    assert found
    assert sorted(found.blocking) == ["0", "1", "2", "3"]


async def test_nothing_is_changed_of_what_is_not_there_or_shall_stay(store: Store) -> None:
    assert await change_connection(store, WORKSPACE, "user", lambda _: a_connection()) is None
    written = await write_connection(store, WORKSPACE, a_connection())
    assert await change_connection(store, WORKSPACE, "user", lambda _: None) == written


async def test_a_forgotten_connection_does_not_come_back(store: Store) -> None:
    await write_connection(store, WORKSPACE, a_connection())
    await delete_connection(store, WORKSPACE, "user")
    assert await change_connection(store, WORKSPACE, "user", lambda there: there) is None
    assert await read_connection(store, WORKSPACE, "user") is None
