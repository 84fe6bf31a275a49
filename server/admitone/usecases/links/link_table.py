"""The list of links as a table."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec resolves the annotation
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from admitone.texts.message import message
from admitone.usecases.links.link_list import LinkFilters, LinkQuery, list_file_links, list_links
from admitone.usecases.reports.labels import record_names
from admitone.usecases.shared.report_days import EVER, bounds_of
from admitone.usecases.shared.table import AT_ONCE, Column, Table, parts_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from admitone.usecases.links.link_view import LinkView
    from admitone.usecases.shared.listing import Listing
    from admitone.usecases.shared.report_days import Bounds
    from admitone.usecases.shared.services import Caller, Services

Names = dict[str, str]
"""Titles and names by the ids of pages, event types and users."""
_CELLS: Sequence[tuple[Column, Callable[[LinkView, Names], object]]] = (
    (Column("id", message("Link")), lambda link, _: link.id),
    (Column("status", message("State")), lambda link, _: link.status),
    (Column("url", message("Address")), lambda link, _: link.url),
    (Column("created_at", message("Created")), lambda link, _: link.created_at),
    (Column("created_by", message("Id of who made it")), lambda link, _: link.created_by),
    (Column("created_by_name", message("Made by")), lambda link, names: names.get(link.created_by)),
    (Column("channel", message("Channel")), lambda link, _: link.channel),
    (Column("page", message("Id of the page")), lambda link, _: link.page),
    (Column("page_title", message("Page")), lambda link, names: names.get(link.page)),
    (Column("event_type", message("Id of the event type")), lambda link, _: link.event_type),
    (Column("event_type_name", message("Event type")), lambda link, names: names.get(link.event_type or "")),
    (Column("name", message("Name")), lambda link, _: link.person and link.person.name),
    (Column("email", message("Email")), lambda link, _: link.person and link.person.email),
    (Column("note", message("Note")), lambda link, _: link.note),
    (Column("fetched_at", message("First fetched")), lambda link, _: link.fetched_at),
    (Column("opened_at", message("First opened")), lambda link, _: link.opened_at),
    (Column("expires_at", message("Expires")), lambda link, _: link.expires_at),
    (Column("revoked_at", message("Revoked")), lambda link, _: link.revoked_at),
    (Column("bookings", message("Bookings")), lambda link, _: " ".join(link.bookings)),
)


class LinkTableQuery(LinkFilters, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of a table of links: those of the list, and the days of their creation.

    `from` and `to` are dates in the reporting zone, both inclusive; one that is left out is no bound.
    """

    first: date | None = msgspec.field(name="from", default=None)
    last: date | None = msgspec.field(name="to", default=None)


async def link_table(services: Services, caller: Caller, query: LinkTableQuery) -> Table:
    """The links that the caller is listed, newest first; raises Invalid for wrong days."""
    filters = {name: getattr(query, name) for name in LinkFilters.__struct_fields__}
    return listed_table(
        services, caller, LinkQuery(**filters), made=await bounds_of(caller, query.first, query.last)
    )


def listed_table(services: Services, caller: Caller, query: LinkQuery, *, made: Bounds = EVER) -> Table:
    """All that `list_links` lists for the same arguments, from the first part on."""

    async def read(cursor: str | None) -> Listing[LinkView]:
        return await list_links(services, caller, replace(query, limit=AT_ONCE, cursor=cursor), made=made)

    return _table(caller, read)


def file_table(services: Services, caller: Caller, import_id: str) -> Table:
    """All that `list_file_links` lists."""

    async def read(cursor: str | None) -> Listing[LinkView]:
        return await list_file_links(services, caller, import_id, limit=AT_ONCE, cursor=cursor)

    return _table(caller, read)


def _table(caller: Caller, read: Callable[[str | None], Awaitable[Listing[LinkView]]]) -> Table:
    async def rows(links: Sequence[LinkView]) -> list[list[object]]:
        names = await record_names(caller.snapshot, "page", [link.page for link in links])
        names |= await record_names(caller.snapshot, "host", [link.created_by for link in links])
        types = [link.event_type for link in links if link.event_type]
        names |= await record_names(caller.snapshot, "event_type", types)
        return [[cell(link, names) for _, cell in _CELLS] for link in links]

    return Table([column for column, _ in _CELLS], parts_of(read, rows))
