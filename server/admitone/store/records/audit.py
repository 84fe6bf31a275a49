"""The audit log of a workspace: a stream, to which the scripts of the changes themselves add the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.people.audit import AuditEntry
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

LIFETIME = 731 * 86_400
"""Seconds for which an entry is kept: two years, one of them a leap year."""

_decoder = msgspec.json.Decoder(AuditEntry)


def entry_text(entry: AuditEntry | None) -> str | None:
    """The entry as scripts write it."""
    return None if entry is None else msgspec.json.encode(entry).decode()


async def read_audit(
    store: Store, workspace: str, *, before: str | None, limit: int
) -> list[tuple[str, AuditEntry]]:
    """Up to `limit` entries with their ids, newest first, those that are older than `before` (an id).

    Entries of more than two years ago are left out: only a change trims the log.
    """
    newest = "+" if before is None else f"({before}"
    oldest = store.milliseconds() - LIFETIME * 1000
    key = store.keys(workspace).audit
    [found] = await store.send(Command(("XREVRANGE", key, newest, max(oldest, 0), "COUNT", limit)))
    return [(entry_id.decode(), _decoder.decode(_text(fields))) for entry_id, fields in found]


def _text(fields: list[bytes] | dict[bytes, bytes]) -> bytes:
    """The text of an entry, whose fields are flat in RESP2 and may be a map in RESP3."""
    return fields[b"entry"] if isinstance(fields, dict) else fields[1]
