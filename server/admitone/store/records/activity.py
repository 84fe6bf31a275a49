"""Reads the activity stream of workspaces, and each user's mark in it: the last entry that they have seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.activity.entry import Entry
from admitone.domain.event import Event
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.store import ScriptAnswer, Store

START = "0-0"
"""The position before the first entry."""
_event = msgspec.json.Decoder(Event)


class Position(msgspec.Struct, frozen=True):
    """A place in the stream of one workspace: after the entry `after`."""

    workspace: str
    after: str


async def read_activity(store: Store, workspace: str, *, before: str | None, limit: int) -> list[Entry]:
    """Up to `limit` entries, newest first, those that are older than `before` (an id)."""
    newest = "+" if before is None else f"({before}"
    key = store.keys(workspace).activity
    [found] = await store.send(Command(("XREVRANGE", key, newest, "-", "COUNT", limit)))
    return [_entry(*each) for each in found]


async def read_on(store: Store, positions: Sequence[Position], limit: int) -> list[list[Entry] | None]:
    """For each position about `limit` entries after it, oldest first; one trip for all of them.

    None if the entry of the position is gone: the stream was trimmed, and some after it may be gone as well.
    """
    answers = await store.send(
        *(
            Command(("XRANGE", store.keys(each.workspace).activity, each.after, "+", "COUNT", limit + 1))
            for each in positions
        )
    )
    return [_after(each.after, answer) for each, answer in zip(positions, answers, strict=True)]


async def read_newest(store: Store, workspace: str) -> str:
    """The id of the newest entry, START if there is none."""
    found = await read_activity(store, workspace, before=None, limit=1)
    return found[0].id if found else START


async def read_marked(store: Store, workspace: str, user: str, limit: int) -> tuple[str, list[Entry]]:
    """The user's mark (START if they have none), and up to `limit` entries, newest first; one trip."""
    keys = store.keys(workspace)
    mark, found = await store.send(
        Command(("HGET", keys.activity_seen, user)),
        Command(("XREVRANGE", keys.activity, "+", "-", "COUNT", limit)),
    )
    return mark.decode() if mark else START, [_entry(*each) for each in found]


async def write_seen(store: Store, workspace: str, user: str, entry: str) -> ScriptAnswer:
    """Set the user's mark to `entry`, unless it is at a later one; the newest entry is the last possible."""
    return await store.call("activity_seen", _seen_keys(store, workspace), {"user": user, "entry": entry})


async def note_seen(store: Store, workspace: str, user: str, entry: str) -> None:
    """As `write_seen`, but the mark may be lost, and an error of Redis is ignored."""
    arguments = {"user": user, "entry": entry}
    keys = _seen_keys(store, workspace)
    await store.send(store.command("activity_seen", keys, arguments, is_telemetry=True))


def _seen_keys(store: Store, workspace: str) -> dict[str, str]:
    keys = store.keys(workspace)
    return {"seen": keys.activity_seen, "activity": keys.activity}


def _after(position: str, answer: Sequence[Any]) -> list[Entry] | None:
    """The entries after the position, whose own entry must be the first; START has none."""
    found = [_entry(*each) for each in answer]
    if position == START:
        return found
    return found[1:] if found and found[0].id == position else None


def _entry(entry_id: bytes, pairs: Any) -> Entry:
    fields = text_map(pairs)
    audience = fields.get("for", b"").decode()
    users = frozenset(audience.split(",")) if audience else frozenset()
    return Entry(entry_id.decode(), _event.decode(fields["event"]), users)
