"""Schema 3.

- Users, sessions, grants and API keys have an epoch; data of before lack it, and it is 0.
- Sessions and grants are in an index of their user. Those of before are entered, which their epoch says.
- The activity holds no reasons: the histories of bookings have them.
- The settings have `mails_per_day`, and mails over budget are held. Data of before need no change for that.
- An API key has `scopes` in place of `scope`: one with `read` gets every `:read`, any other every `:write`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.migrations.migration import Migration, UnreadableError, Upgrade
from admitone.store.migrations.record_scan import rewrite
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.sealing import Sealer
    from admitone.store.migrations.migration import Record, Values
    from admitone.store.store import Store

API_KEY = b"api_key:"
SESSION_SECONDS = 30 * 86_400
INDEX_SECONDS = 90 * 86_400
ENTRIES = 1000
"""Entries of the activity that one trip writes."""
AREAS = ("links", "bookings", "pages", "contacts", "workflows", "reports", "settings")


def _api_keys(record: Record, _: Sealer) -> Values:
    before = record.values[0]
    fields = {
        name: _api_key(name, text) if name.startswith(API_KEY) else text for name, text in before.items()
    }
    return record.values if fields == before else [fields]


def _api_key(name: bytes, text: bytes) -> bytes:
    version, _blank, document = text.partition(b" ")
    key = _document(document, name.decode())
    if "scopes" in key:
        return text
    level = "read" if key.pop("scope", "write") == "read" else "write"
    return version + b" " + msgspec.json.encode(key | {"scopes": [f"{area}:{level}" for area in AREAS]})


def _with_epoch(record: Record, _: Sealer) -> Values:
    [text] = record.values
    document = _document(text, "")
    return record.values if "epoch" in document else [msgspec.json.encode(document | {"epoch": 0})]


def _activity(record: Record, _: Sealer) -> Values:
    before = record.values[0]
    after = [[entry, [_without_reason(part) for part in parts]] for entry, parts in before]
    return record.values if after == before else [after]


def _without_reason(text: bytes) -> bytes:
    if b'"reason":' not in text:
        return text
    event = _document(text, "event")
    event.pop("reason", None)
    return msgspec.json.encode(event)


async def _write_activity(store: Store, record: Record, values: Values) -> bool:
    """Write the stream anew beside the old one, and put it in its place: entries cannot be changed."""
    fresh = f"{record.key}:fresh"
    await store.send(Command(("DEL", fresh)))
    for start in range(0, len(values[0]), ENTRIES):
        entries = values[0][start : start + ENTRIES]
        await store.send(*(Command(("XADD", fresh, entry, *parts)) for entry, parts in entries))
    await store.send(Command(("RENAME", fresh, record.key)))
    return True


async def _enter_session(store: Store, record: Record, values: Values) -> bool:
    session = _document(values[0], "")
    return await _enter(store, record, values, session["user"], session["at"] + SESSION_SECONDS)


async def _enter_grant(store: Store, record: Record, values: Values) -> bool:
    grant = _document(values[0], "")
    return await _enter(store, record, values, grant["user"], grant["until"])


async def _enter(store: Store, record: Record, values: Values, user: str, until: int) -> bool:
    """Enter the record in its user's index first: the document says that this is done."""
    index, entry = store.keys(record.workspace).access(user), f"{record.kind}:{record.id}"
    await store.send(Command(("ZADD", index, until, entry)), Command(("EXPIRE", index, INDEX_SECONDS)))
    return await rewrite(store, record, values)


def _document(text: bytes, field: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError:
        raise UnreadableError(field, "This is not a JSON object.") from None


TO_SCHEMA_3 = Migration(
    3,
    [
        Upgrade("activity", _activity, _write_activity),
        Upgrade("config", _api_keys),
        Upgrade("session", _with_epoch, _enter_session),
        Upgrade("grant", _with_epoch, _enter_grant),
    ],
)
