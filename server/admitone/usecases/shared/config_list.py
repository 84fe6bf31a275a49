"""List configuration records of one kind, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.records.configuration import read_records
from admitone.usecases.shared.listing import Page, PageSize, filtered_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from admitone.usecases.shared.services import Caller, Services


MOST = 200


class ListQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a plain list is asked for."""

    limit: PageSize = 50
    cursor: str | None = None


async def list_config(
    services: Services,
    caller: Caller,
    kind: str,
    query: ListQuery,
    matches: Callable[[Any], bool] = lambda _record: True,
) -> Page[Any]:
    """One page of the workspace's records of this kind that match; raises Invalid for a bad cursor."""
    return await filtered_page(
        services.store,
        services.store.keys(caller.workspace).config_list(kind),
        cursor=query.cursor,
        limit=query.limit,
        newest_first=False,
        read=lambda ids: read_records(services.store, caller.workspace, kind, ids),
        matches=matches,
    )


async def all_config(
    services: Services, caller: Caller, kind: str, matches: Callable[[Any], bool] = lambda _record: True
) -> list[Any]:
    """Every record of this kind that matches, oldest first, for lists that are not read in parts."""
    found: list[Any] = []
    cursor: str | None = None
    while True:
        part = await list_config(services, caller, kind, ListQuery(limit=MOST, cursor=cursor), matches)
        found += part.items
        cursor = part.next_cursor
        if cursor is None:
            return found
