"""Configuration records: one way to create, read, list, change and delete every kind of them.

A kind is declared as a `RecordKind`. The callers' roles are checked by the routes; `guard` and `check` see to
what depends on the record.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from admitone.domain.instant import Instant
from admitone.store.records.configuration.configuration import read_records
from admitone.store.records.readers import LinkTotals
from admitone.usecases.shared.bodies import changed_body
from admitone.usecases.shared.listing import Listing, ListQuery, filtered_listing, map_listing
from admitone.usecases.shared.record_writes import (
    add_record,
    earlier_answer,
    existing,
    remove_record,
    replace_record,
)
from admitone.usecases.shared.services import Caller, Services, new_id
from admitone.usecases.shared.settle import settle
from admitone.usecases.shared.slugs import claim_slug, release_slug

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.records.directory import Claim

Body = TypeVar("Body", bound=msgspec.Struct)
Record = TypeVar("Record", bound=msgspec.Struct)
View = TypeVar("View", bound=msgspec.Struct)

MOST = 200
"""Records that one trip reads for `all_records`."""


class RecordKind(msgspec.Struct, Generic[Body, Record, View], frozen=True, kw_only=True):
    """One kind of configuration record.

    `Record` has the fields of `Body`, an `id` and `created_at` (epoch seconds); `View` has the same fields,
    with `created_at` as an Instant, and `url`.
    """

    kind: str
    """Its name in the store."""
    body: type[Body]
    new_body: type[Body] | None = None
    """The body of a new record, if its defaults are others than those of a change."""
    record: type[Record]
    view: type[View]
    path: Callable[[Record], str]
    """The path of a record below the public address, for the view's `url`."""
    check: Callable[[Services, Caller, Body, Record | None], Awaitable[Body]]
    """Returns the body to store, which it may amend, given the record before the change (None for a new one).

    Raises Invalid, Forbidden."""
    guard: Callable[[Caller, Record], None] = lambda _caller, _record: None
    """Raises Forbidden if the caller must neither change nor delete the record."""
    slug: Callable[[Record], str] | None = None
    """The record's slug, which is claimed on the whole deployment; None for kinds without slugs."""
    amend_patch: Callable[[Record, Mapping[str, Any]], Mapping[str, Any]] = lambda _record, patch: patch
    """The merge patch to apply instead of the one that was sent."""
    shown: Callable[[Record], Mapping[str, Any]] = lambda _record: {}
    """Fields of the view that differ from the record's."""
    may_break: Callable[[Record, Record], bool] | None = None
    """Whether the change from one record to the other can make one-time links unavailable.

    None if no change of this kind can, so that changes take no `confirm`."""
    refuse_breaking: (
        Callable[[Services, Caller, tuple[str, str], object | None], Awaitable[LinkTotals | None]] | None
    ) = None
    """Raises WouldBreakLinks if the record (kind and id) breaks links by becoming the other one, or None.

    None if no link depends on records of this kind."""


def view_record(services: Services, kind: RecordKind[Body, Record, View], record: Record) -> View:
    """The record as the API shows it."""
    values = msgspec.structs.asdict(record)
    values |= {
        "url": f"{services.public_url}{kind.path(record)}",
        "created_at": Instant(values["created_at"]),
        **kind.shown(record),
    }
    return kind.view(**values)


async def create_record(
    services: Services, caller: Caller, kind: RecordKind[Body, Record, View], body: Body
) -> View:
    """Create a record; a second call with the same Idempotency-Key returns the first call's view.

    A slug is claimed before the record is written. A crash between the two leaves a claim without a record,
    which gives way to another claim after `ORPHAN_AGE` seconds.

    Raises IdempotencyKeyReused, Busy, SlugInUse, and what the kind's `check` raises.
    """
    if (earlier := earlier_answer(services, caller, kind.view)) is not None:
        return earlier
    values = msgspec.structs.asdict(await kind.check(services, caller, body, None))
    record = kind.record(**values, id=new_id(), created_at=services.now())
    claim = await _claim(services, caller, kind, record)
    if claim is not None:
        record = msgspec.structs.replace(record, id=claim.record)
    view = view_record(services, kind, record)
    return await add_record(services, caller, kind.kind, record, view, claimed=claim.at if claim else None)


async def read_record(caller: Caller, kind: RecordKind[Body, Record, View], record_id: str) -> Record:
    """The record with this id; raises NotFound."""
    found: Record = await existing(caller, kind.kind, record_id)
    return found


async def list_records(
    services: Services,
    caller: Caller,
    kind: RecordKind[Body, Record, View],
    query: ListQuery,
    matches: Callable[[Record], bool] = lambda _record: True,
) -> Listing[View]:
    """One part of the workspace's records that match, oldest first; raises Invalid for a bad cursor."""
    found = await stored_records(services, caller, kind.kind, query, matches)
    return map_listing(found, lambda record: view_record(services, kind, record))


async def all_records(
    services: Services,
    caller: Caller,
    kind: RecordKind[Body, Record, View],
    matches: Callable[[Record], bool] = lambda _record: True,
) -> list[Record]:
    """Every record of the workspace that matches, oldest first."""
    return await all_stored(services, caller, kind.kind, matches)


async def first_record(
    services: Services,
    caller: Caller,
    kind: RecordKind[Body, Record, View],
    matches: Callable[[Record], bool],
) -> Record | None:
    """The oldest record that matches, or None; reading stops there."""
    async for found in _parts(services, caller, kind.kind, 1, matches):
        if found:
            first: Record = found[0]
            return first
    return None


async def change_record(
    services: Services,
    caller: Caller,
    kind: RecordKind[Body, Record, View],
    record_id: str,
    patch: Mapping[str, Any],
    *,
    confirm: bool = False,
) -> View:
    """Apply a merge patch (RFC 7396) to a record.

    Raises NotFound, SlugInUse, Busy, WouldBreakLinks unless `confirm`, and what `guard` and `check` raise.
    """

    async def attempt(caller: Caller) -> tuple[Record, Record] | None:
        before = await read_record(caller, kind, record_id)
        kind.guard(caller, before)
        body = changed_body(before, kind.body, kind.amend_patch(before, patch))
        body = await kind.check(services, caller, body, before)
        record = kind.record(**msgspec.structs.asdict(before) | msgspec.structs.asdict(body))
        links = None
        if not confirm and kind.may_break is not None and kind.may_break(before, record):
            links = await _refuse_breaking(services, caller, kind, record_id, record)
        claim = None
        if kind.slug is not None and kind.slug(record) != kind.slug(before):
            claim = await _claim(services, caller, kind, record)
        written = await replace_record(
            services, caller, kind.kind, record, claimed=claim.at if claim else None, links=links
        )
        return (before, record) if written else None

    before, record = await settle(caller, attempt)
    if kind.slug is not None and kind.slug(record) != kind.slug(before):
        await release_slug(services, caller, kind.slug(before), record_id)
    return view_record(services, kind, record)


async def delete_record(
    services: Services,
    caller: Caller,
    kind: RecordKind[Body, Record, View],
    record_id: str,
    *,
    confirm: bool = False,
) -> None:
    """Delete a record and release its slug; bookings that were made with it stay.

    Raises NotFound, Busy, WouldBreakLinks unless `confirm`, and what `guard` raises.
    """

    async def attempt(caller: Caller) -> Record | None:
        record = await read_record(caller, kind, record_id)
        kind.guard(caller, record)
        links = None if confirm else await _refuse_breaking(services, caller, kind, record_id, None)
        removed = await remove_record(services, caller, kind.kind, record_id, links=links)
        return record if removed else None

    record = await settle(caller, attempt)
    if kind.slug is not None:
        await release_slug(services, caller, kind.slug(record), record_id)


async def stored_records(
    services: Services,
    caller: Caller,
    kind: str,
    query: ListQuery,
    matches: Callable[[Any], bool] = lambda _record: True,
) -> Listing[Any]:
    """As `list_records`, for a kind that has no `RecordKind`, and without views."""
    return await filtered_listing(
        services.store,
        services.store.keys(caller.workspace).config_list(kind),
        cursor=query.cursor,
        limit=query.limit,
        newest_first=False,
        read=lambda ids: read_records(services.store, caller.workspace, kind, ids),
        matches=matches,
    )


async def all_stored(
    services: Services, caller: Caller, kind: str, matches: Callable[[Any], bool] = lambda _record: True
) -> list[Any]:
    """As `all_records`, for a kind that has no `RecordKind`."""
    parts = _parts(services, caller, kind, MOST, matches)
    return [record async for part in parts for record in part]


async def _parts(
    services: Services, caller: Caller, kind: str, limit: int, matches: Callable[[Any], bool]
) -> AsyncIterator[list[Any]]:
    """The records that match, oldest first, in lists of at most `limit`; some may be empty."""
    cursor: str | None = None
    while True:
        part = await stored_records(services, caller, kind, ListQuery(limit=limit, cursor=cursor), matches)
        yield part.items
        if (cursor := part.next_cursor) is None:
            return


async def _claim(
    services: Services, caller: Caller, kind: RecordKind[Body, Record, View], record: Any
) -> Claim | None:
    if kind.slug is None:
        return None
    return await claim_slug(services, caller, kind.slug(record), record.id)


async def _refuse_breaking(
    services: Services,
    caller: Caller,
    kind: RecordKind[Body, Record, View],
    record_id: str,
    after: Record | None,
) -> LinkTotals | None:
    if kind.refuse_breaking is None:
        return None
    return await kind.refuse_breaking(services, caller, (kind.kind, record_id), after)
