"""Schema 3.

- Users, sessions, grants and API keys have an epoch; data of before lack it, and it is 0.
- An API key has `scopes` in place of `scope`: one with `read` gets every `:read`, any other every `:write`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.migrations.migration import Migration, UnreadableError, Upgrade

if TYPE_CHECKING:
    from admitone.sealing import Sealer
    from admitone.store.migrations.migration import Record, Values

API_KEY = b"api_key:"
AREAS = ("links", "bookings", "pages", "contacts", "workflows", "reports", "settings")


def _api_keys(record: Record, _: Sealer) -> Values:
    before = record.values[0]
    fields = {
        name: _api_key(name, text) if name.startswith(API_KEY) else text for name, text in before.items()
    }
    return record.values if fields == before else [fields]


def _api_key(name: bytes, text: bytes) -> bytes:
    version, _blank, document = text.partition(b" ")
    try:
        key = msgspec.json.decode(document, type=dict[str, Any])
    except msgspec.DecodeError:
        raise UnreadableError(name.decode(), "This is not a JSON object.") from None
    if "scopes" in key:
        return text
    level = "read" if key.pop("scope", "write") == "read" else "write"
    return version + b" " + msgspec.json.encode(key | {"scopes": [f"{area}:{level}" for area in AREAS]})


TO_SCHEMA_3 = Migration(3, [Upgrade("config", _api_keys)])
