"""The case of the script of Google connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.google_connections import write_connection
from tests.support.factories import WORKSPACE, a_connection
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

GOOGLE = Cases()


@GOOGLE.add("connection_swap", "connection")
async def connect_google_again(store: Store) -> Act:
    await write_connection(store, WORKSPACE, a_connection())
    return lambda: write_connection(store, WORKSPACE, a_connection(needs_reconnect=True))
