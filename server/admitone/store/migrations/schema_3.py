"""Schema 3.

- Users, sessions, grants and API keys have an epoch; data of before lack it, and it is 0.
- Sessions and grants are in an index of their user. Those of before are entered, which their epoch says.
- Workspaces have a logo and users a photo; data of before lack them, and nothing is shown.
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
        Upgrade("config", _api_keys),
        Upgrade("session", _with_epoch, _enter_session),
        Upgrade("grant", _with_epoch, _enter_grant),
    ],
)
