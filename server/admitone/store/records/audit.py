"""The audit log of a workspace: a stream, to which the scripts of the changes themselves add the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.people.audit import AuditEntry
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

LIFETIME = 731 * 86_400
"""Seconds for which an entry is kept: two years, one of them a leap year."""

_decoder = msgspec.json.Decoder(AuditEntry)


def audit_line(store: Store, entry: AuditEntry | None) -> dict[str, Any] | None:
    """The argument `audit` of scripts."""
    if entry is None:
        return None
    return {"entry": msgspec.json.encode(entry).decode(), "oldest": _oldest(store)}


def _oldest(store: Store) -> int:
    """When the oldest entries that are kept were written, in epoch milliseconds."""
    return max(store.milliseconds() - LIFETIME * 1000, 1)


async def read_audit(
    store: Store, workspace: str, *, before: str | None, limit: int
) -> list[tuple[str, AuditEntry]]:
    """Up to `limit` entries with their ids, newest first, those that are older than `before` (an id).

    Entries of more than two years ago are left out: only a change trims the log.
    """
    newest = "+" if before is None else f"({before}"
    key = store.keys(workspace).audit
    [found] = await store.send(Command(("XREVRANGE", key, newest, _oldest(store), "COUNT", limit)))
    return [(entry_id.decode(), _decoder.decode(_text(fields))) for entry_id, fields in found]


def _text(fields: list[bytes] | dict[bytes, bytes]) -> bytes:
    """The text of an entry, whose fields are flat in RESP2 and may be a map in RESP3."""
    return fields[b"entry"] if isinstance(fields, dict) else fields[1]
