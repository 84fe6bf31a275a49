"""List bookings by their start: all, of a page, of a host, in a state, in a range, or of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.bookings.booking import LIVE, Booking, Status
from admitone.domain.instant import Instant
from admitone.domain.reports.counts import domain_of
from admitone.domain.reports.shares import booking_source
from admitone.store.records.documents import booking_words
from admitone.store.records.readers import read_bookings
from admitone.usecases.shared.booking_view import BookingView, host_view
from admitone.usecases.shared.listing import Listing, PageSize, filtered_listing, map_listing
from admitone.usecases.shared.ownership import pages_with_part, seen_booking, seen_bookings, sees_all
from admitone.usecases.shared.search import Searched, searched_listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.keys import WorkspaceKeys
    from admitone.usecases.shared.services import Caller, Services


BookingChannel = Literal["extension", "addon", "dashboard", "api", "workflow", "general"]
"""The channel of a booking's link (`Channel`), or that of bookings by a general link."""


class BookingFilters(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What selects the bookings of a list, or of a table, besides their start.

    `channel` and `workflow` are those of the link; the channel of bookings by a general link is `general`.
    `domain` is that of the customer's address.
    """

    status: Status | None = None
    page: str | None = None
    event_type: str | None = None
    host: str | None = None
    channel: BookingChannel | None = None
    workflow: str | None = None
    domain: str | None = None
    q: str | None = None


class BookingQuery(BookingFilters, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of a list of bookings; `from` and `to` bound the start, `to` is exclusive."""

    first: Instant | None = msgspec.field(name="from", default=None)
    last: Instant | None = msgspec.field(name="to", default=None)
    limit: PageSize = 50
    cursor: str | None = None

    def matches(self, booking: Booking, now: int) -> bool:
        """Whether a booking matches the query, apart from `q`."""
        channel, workflow = booking_source(booking.counted)
        return (
            self.page in {None, booking.page}
            and self.event_type in {None, booking.event_type}
            and (self.domain is None or self.domain.casefold() == domain_of(booking.data.email))
            and self.channel in {None, channel}
            and self.workflow in {None, workflow}
            and (self.host is None or self.host in booking.users)
            and self.status in {None, booking.status_at(now)}
            and (self.first is None or booking.start >= self.first)
            and (self.last is None or booking.start < self.last)
        )


async def list_bookings(
    services: Services,
    caller: Caller,
    query: BookingQuery,
    *,
    soonest_first: bool = False,
    live_only: bool = False,
) -> Listing[BookingView]:
    """One part of the matching bookings that the caller sees, by default the latest start first.

    `live_only` leaves out bookings that will not take place. Raises Invalid for a bad cursor.
    """
    store, now = services.store, services.now()

    def matches(booking: Booking) -> bool:
        return query.matches(booking, now) and not (live_only and booking.status not in LIVE)

    keys = store.keys(caller.workspace)

    async def read(ids: Sequence[str]) -> list[Booking]:
        return await seen_bookings(caller, await read_bookings(store, caller.workspace, ids))

    if query.q:
        searched = Searched(
            key=keys.booking_words,
            read=read,
            words=_words,
            matches=matches,
            score=lambda booking: booking.start,
        )
        found = await searched_listing(
            store,
            searched,
            query.q,
            cursor=query.cursor,
            limit=query.limit,
            newest_first=not soonest_first,
        )
    else:
        is_to_come = query.first is not None and query.first >= now
        found = await filtered_listing(
            store,
            *(
                [keys.occupied(query.host)]  # what a host has ahead is their occupied time
                if live_only and is_to_come and query.host
                else await _indexes(keys, caller, query.page)
            ),
            cursor=query.cursor,
            limit=query.limit,
            newest_first=not soonest_first,
            read=read,
            matches=matches,
            low="-inf" if query.first is None else int(query.first),
            high="+inf" if query.last is None else f"({int(query.last)}",
        )
    return map_listing(found, lambda booking: host_view(services, booking))


async def _words(bookings: Sequence[Booking]) -> list[list[str]]:
    return [booking_words(booking.data) for booking in bookings]


async def _indexes(keys: WorkspaceKeys, caller: Caller, page: str | None) -> list[str]:
    """The shortest indexes that hold, by start, all bookings that the caller sees, of one page or (None) all.

    A member who sees only their own has those that they host and those of the pages in which they take part.
    """
    if await sees_all(caller):
        return [keys.page_bookings(page) if page else keys.bookings]
    pages = [each for each in await pages_with_part(caller) if page in {None, each}]
    return [keys.occupied(caller.user.id), *(keys.page_bookings(each) for each in pages)]


async def read_booking_view(services: Services, caller: Caller) -> BookingView:
    """The booking that was read; raises NotFound."""
    return host_view(services, await seen_booking(caller))
