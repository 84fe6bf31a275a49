"""Cursors: where the next part of a list starts, opaque to callers."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import msgspec

from admitone.domain.errors import invalid
from admitone.store.records.index import IndexEntry
from admitone.texts.message import message

NO_CURSOR = message("This is not a cursor that a list answered.")


def write_cursor(entry: msgspec.Struct | None) -> str | None:
    """The cursor that continues after `entry`, which says a place in a list; None at the end of the list."""
    return None if entry is None else urlsafe_b64encode(msgspec.json.encode(entry)).decode().rstrip("=")


def read_cursor(cursor: str | None) -> IndexEntry | None:
    """The entry that a cursor continues after; raises Invalid for a text that no list of ours returned."""
    found: IndexEntry | None = decode_cursor(cursor, IndexEntry)
    return found


def decode_cursor(cursor: str | None, shape: Any) -> Any:
    """The place, a value of the type `shape`, that a cursor continues after; else as `read_cursor`."""
    if cursor is None:
        return None
    try:
        return msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=shape)
    except (ValueError, msgspec.MsgspecError):
        raise invalid("cursor", NO_CURSOR) from None
