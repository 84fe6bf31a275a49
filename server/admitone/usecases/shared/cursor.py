"""Cursors: where the next part of a list starts, opaque to callers."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec

from admitone.domain.errors import invalid
from admitone.store.records.index import IndexEntry
from admitone.texts.message import message


def write_cursor(entry: IndexEntry | None) -> str | None:
    """The cursor that continues after `entry`; None at the end of the list."""
    return None if entry is None else urlsafe_b64encode(msgspec.json.encode(entry)).decode().rstrip("=")


def read_cursor(cursor: str | None) -> IndexEntry | None:
    """The entry that a cursor continues after; raises Invalid for a text that no list of ours returned."""
    if cursor is None:
        return None
    try:
        return msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=IndexEntry)
    except (ValueError, msgspec.MsgspecError):
        raise invalid("cursor", message("This is not a cursor that a list answered.")) from None
