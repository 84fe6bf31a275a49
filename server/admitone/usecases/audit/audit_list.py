"""List the audit log of the workspace, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.people.audit import AuditAction, AuditKind
from admitone.store.records.audit import read_audit
from admitone.usecases.shared.listing import Listing, PageSize, stream_listing

if TYPE_CHECKING:
    from admitone.domain.people.audit import AuditEntry
    from admitone.usecases.shared.services import Caller, Services


class AuditQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of the audit log; `by` is a user's id, or `system`."""

    by: str | None = None
    kind: AuditKind | None = None
    limit: PageSize = 50
    cursor: str | None = None


class AuditView(msgspec.Struct, frozen=True, kw_only=True):
    """One change of a setting, by a user (their id) or the `system`, from an IP address, empty if not known.

    `record` is the id of what changed. `fields` are the names of the fields that changed, `to` has the new
    values of some. `also` names other records that the same change deleted, as `kind:id`.
    """

    id: str
    at: Instant
    by: str
    address: str
    kind: AuditKind
    action: AuditAction
    record: str
    fields: Sequence[str]
    to: Mapping[str, Any]
    also: Sequence[str]


async def list_audit(services: Services, caller: Caller, query: AuditQuery) -> Listing[AuditView]:
    """One part of the entries of the last two years that match the query.

    At most `EXAMINED` entries are looked at (docs/api.md), so a part may be short, or empty, and still have a
    next one. Raises Invalid for a bad cursor.
    """

    async def read(before: str | None, limit: int) -> list[AuditView]:
        part = await read_audit(services.store, caller.workspace, before=before, limit=limit)
        return [_view(entry_id, entry) for entry_id, entry in part]

    return await stream_listing(
        read,
        lambda entry: query.by in {None, entry.by} and query.kind in {None, entry.kind},
        cursor=query.cursor,
        limit=query.limit,
    )


def _view(entry_id: str, entry: AuditEntry) -> AuditView:
    values = msgspec.structs.asdict(entry)
    return AuditView(**values | {"id": entry_id, "at": Instant(entry.at)})
