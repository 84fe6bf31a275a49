"""Writes configuration records: event types, pages, users, settings, API keys."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.budgets import INVITATIONS, RECIPIENT_INVITATIONS
from admitone.domain.picture import Picture
from admitone.store.records.audit import audit_line
from admitone.store.records.configuration.configuration_cache import field_of, parse_record
from admitone.store.records.documents import event_text
from admitone.store.records.operations import Operation, new_operation
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.event import Event
    from admitone.domain.people.audit import AuditEntry
    from admitone.store.records.readers import LinkTotals
    from admitone.store.store import ScriptAnswer, Store


class RecordWrite(msgspec.Struct, frozen=True, kw_only=True):
    """One record to write: `version` as it was read, 0 for a new record; `record=None` deletes it."""

    kind: str
    id: str
    version: int
    record: msgspec.Struct | None
    created_at: int


class PictureChange(msgspec.Struct, frozen=True, kw_only=True):
    """The picture that a record names from now on, with its bytes, and the one that it named before."""

    added: Picture | None = None
    data: bytes = b""
    removed: Picture | None = None


async def write_config(
    store: Store,
    workspace: str,
    records: Sequence[RecordWrite],
    event: Event,
    *,
    now: int,
    claimed: int | None = None,
    links: LinkTotals | None = None,
    ends: bool = False,
    invited: str | None = None,
    picture: PictureChange | None = None,
    operation: Operation | None = None,
    kept: str = "",
    audit: AuditEntry | None = None,
) -> ScriptAnswer:
    """Write all `records`, or none of them if one has changed; with them the entry of the audit log.

    `claimed` is the time of the directory claim on which they depend. With `links`, they are written only if
    no link was created or freed since these totals were read. `invited` is the hashed recipient of the first
    record, an invitation: it is written only within the budgets of invitations. A full Redis takes only what
    `ends` something. `picture` is changed in the same step.
    """
    keys, change = store.keys(workspace), picture or PictureChange()
    operation = operation or new_operation()
    return await store.call_in(
        workspace,
        "config_write",
        {
            "operation": keys.operation(operation.id),
            "recent": keys.invitations if invited else None,
            "recipient": keys.recipient_invitations(invited) if invited else None,
            "picture": keys.media(change.added.id) if change.added else None,
            "replaced": keys.media(change.removed.id) if change.removed else None,
            "list": [keys.config_list(record.kind) for record in records],
        },
        {
            "now": now,
            "milliseconds": store.milliseconds(),
            "claimed": claimed,
            "first": records[0].id,
            "records": [_as_argument(record) for record in records],
            "links": None if links is None else msgspec.structs.asdict(links),
            "ends": ends,
            "rate": msgspec.to_builtins(INVITATIONS) if invited else None,
            "recipient_rate": msgspec.to_builtins(RECIPIENT_INVITATIONS) if invited else None,
            "picture": b64encode(change.data).decode() if change.added else None,
            "replaces": True if change.removed else None,
            "event": event_text(event),
            "audit": audit_line(store, audit),
            "operation": kept,
            "lifetime": operation.lifetime,
        },
    )


async def read_records(store: Store, workspace: str, kind: str, ids: Sequence[str]) -> list[Any]:
    """The current records with these ids, None in the place of each missing one."""
    if not ids:
        return []
    fields = [field_of(kind, record_id) for record_id in ids]
    [texts] = await store.send(Command(("HMGET", store.keys(workspace).config, *fields)))
    return [parse_record(field, text).record for field, text in zip(fields, texts, strict=True)]


def _as_argument(record: RecordWrite) -> dict[str, Any]:
    argument = {
        "field": field_of(record.kind, record.id),
        "id": record.id,
        "version": record.version,
        "created": record.created_at,
    }
    if record.record is not None:
        argument["text"] = msgspec.json.encode(record.record).decode()
    return argument
