"""Cases of the script of the activity: users mark what they have seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.activity import read_newest, write_seen
from tests.support.factories import WORKSPACE
from tests.support.store.actions import put_link
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import ScriptAnswer, Store

ACTIVITY = Cases()


@ACTIVITY.add("activity_seen", "seen")
async def see_the_first_entry(store: Store) -> Act:
    await put_link(store)
    entry = await read_newest(store, WORKSPACE)
    return lambda: _see(store, entry)


@ACTIVITY.add("activity_seen", "seen")
async def see_more_than_there_is(store: Store) -> Act:
    await put_link(store)
    await _see(store, await read_newest(store, WORKSPACE))
    await put_link(store)
    return lambda: _see(store, "999999999999999-5")


async def _see(store: Store, entry: str) -> ScriptAnswer:
    return await write_seen(store, WORKSPACE, "user", entry)
