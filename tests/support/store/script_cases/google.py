"""The cases of the script of Google connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.credentials.google_connections import delete_connection, write_connection
from tests.support.factories import WORKSPACE, a_connection, an_audit_entry
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

GOOGLE = Cases()


@GOOGLE.add("connection_swap", "connection audit")
async def connect_google_again(store: Store) -> Act:
    await write_connection(store, WORKSPACE, a_connection())
    again = a_connection(needs_reconnect=True)
    return lambda: write_connection(store, WORKSPACE, again, lambda *_: an_audit_entry(kind="google"))


@GOOGLE.add("connection_swap", "connection audit")
async def disconnect_google(store: Store) -> Act:
    connection = await write_connection(store, WORKSPACE, a_connection())
    return lambda: delete_connection(
        store, WORKSPACE, connection.user, lambda *_: an_audit_entry(kind="google", action="deleted")
    )
