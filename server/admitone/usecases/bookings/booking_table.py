"""The list of bookings as a table."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec resolves the annotation
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from admitone.domain.instant import Instant
from admitone.texts.message import message
from admitone.usecases.bookings.booking_list import BookingFilters, BookingQuery, list_bookings
from admitone.usecases.reports.labels import record_names
from admitone.usecases.shared.report_days import bounds_of
from admitone.usecases.shared.table import AT_ONCE, Column, Table, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from admitone.usecases.shared.booking_view import BookingView
    from admitone.usecases.shared.listing import Listing
    from admitone.usecases.shared.services import Caller, Services

Names = dict[str, str]
"""Titles and names by the ids of pages and users."""


def _host_names(booking: BookingView, names: Names) -> str:
    return ", ".join(names[host] for host in booking.hosts if host in names)


def _answers(booking: BookingView, _: Names) -> str:
    return "\n".join(f"{question}: {answer}" for question, answer in booking.answers.items())


_CELLS: Sequence[tuple[Column, Callable[[BookingView, Names], object]]] = (
    (Column("id", message("Booking")), lambda booking, _: booking.id),
    (Column("status", message("State")), lambda booking, _: booking.status),
    (Column("start", message("Start")), lambda booking, _: booking.start),
    (Column("end", message("End")), lambda booking, _: booking.end),
    (Column("timezone", message("Customer’s time zone")), lambda booking, _: booking.timezone),
    (Column("name", message("Name")), lambda booking, _: booking.person.name),
    (Column("email", message("Email")), lambda booking, _: booking.person.email),
    (Column("guests", message("Guests")), lambda booking, _: ", ".join(booking.guests)),
    (Column("event_type", message("Id of the event type")), lambda booking, _: booking.event_type),
    (Column("event_type_name", message("Event type")), lambda booking, _: booking.event_type_name),
    (Column("page", message("Id of the page")), lambda booking, _: booking.page),
    (Column("page_title", message("Page")), lambda booking, names: names.get(booking.page)),
    (Column("hosts", message("Ids of the hosts")), lambda booking, _: " ".join(booking.hosts)),
    (Column("host_names", message("Hosts")), _host_names),
    (Column("link", message("Link")), lambda booking, _: booking.link),
    (Column("created_at", message("Booked")), lambda booking, _: booking.created_at),
    (Column("reschedules", message("Reschedules")), lambda booking, _: booking.reschedules),
    (Column("notes", message("Notes")), lambda booking, _: booking.notes),
    (Column("answers", message("Answers")), _answers),
)


class BookingTableQuery(BookingFilters, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of a table of bookings: those of the list, and the days of their start.

    `from` and `to` are dates in the reporting zone, both inclusive; one that is left out is no bound.
    """

    first: date | None = msgspec.field(name="from", default=None)
    last: date | None = msgspec.field(name="to", default=None)


async def booking_table(services: Services, caller: Caller, query: BookingTableQuery) -> Table:
    """The bookings that the caller sees, the latest start first; raises Invalid for wrong days."""
    bounds = await bounds_of(caller, query.first, query.last)
    filters = {name: getattr(query, name) for name in BookingFilters.__struct_fields__}
    first = None if bounds.first is None else Instant(bounds.first)
    last = None if bounds.last is None else Instant(bounds.last)
    return listed_table(services, caller, BookingQuery(**filters, first=first, last=last))


def listed_table(
    services: Services,
    caller: Caller,
    query: BookingQuery,
    *,
    soonest_first: bool = False,
    live_only: bool = False,
) -> Table:
    """All that `list_bookings` lists for the same arguments, from the first part on."""

    async def read(cursor: str | None) -> Listing[BookingView]:
        part = replace(query, limit=AT_ONCE, cursor=cursor)
        return await list_bookings(services, caller, part, soonest_first=soonest_first, live_only=live_only)

    async def rows(bookings: Sequence[BookingView]) -> list[list[object]]:
        names = await record_names(caller.snapshot, "page", [booking.page for booking in bookings])
        hosts = [host for booking in bookings for host in booking.hosts]
        names |= await record_names(caller.snapshot, "host", hosts)
        return [[cell(booking, names) for _, cell in _CELLS] for booking in bookings]

    return Table([column for column, _ in _CELLS], parts_of(read, rows))
