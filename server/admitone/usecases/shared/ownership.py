"""What is a member's own, and what they see (docs/rules/members.md); administrators see and change all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Forbidden, NotFound
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.panel import takes_part
from admitone.usecases.shared.page_records import load_all_pages, load_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.domain.pages.master_page import MasterPage
    from admitone.usecases.shared.services import Caller


async def sees_all(caller: Caller) -> bool:
    """Whether the caller sees all links and bookings of the workspace, not only their own."""
    return caller.is_administrator or (await caller.snapshot.settings()).members_see == "all"


def is_own_link(caller: Caller, link: Link, page: BookingPage | MasterPage | None) -> bool:
    """Whether the caller made the link, or it leads to their booking page; None: its page was deleted."""
    owner = page.owner if isinstance(page, BookingPage) else None
    return caller.user.id in {link.created_by, owner}


async def own_link(caller: Caller) -> Link:
    """The link that was read, if the caller may change it; raises NotFound, Forbidden."""
    link = caller.snapshot.link
    if link is None:
        raise NotFound
    page = (await load_pages(caller.snapshot, [link.page])).get(link.page)
    if not (caller.is_administrator or is_own_link(caller, link, page)):
        raise Forbidden
    return link


async def own_booking(caller: Caller) -> Booking:
    """The booking that was read, if the caller may change it, as one of its hosts.

    Raises NotFound if the caller may not see it, or else Forbidden.
    """
    booking = await seen_booking(caller)
    if not (caller.is_administrator or caller.user.id in booking.users):
        raise Forbidden
    return booking


async def seen_booking(caller: Caller) -> Booking:
    """The booking that was read, if the caller may see it; raises NotFound."""
    booking = caller.snapshot.booking
    if booking is None or not await seen_bookings(caller, [booking]):
        raise NotFound
    return booking


async def seen_bookings(caller: Caller, bookings: Iterable[Booking]) -> list[Booking]:
    """Those of the bookings that the caller may see, in the same order."""
    found = list(bookings)
    if await sees_all(caller):
        return found
    me, find = caller.user.id, caller.snapshot.find
    pages = await load_pages(caller.snapshot, [each.page for each in found if me not in each.users])

    def is_own(booking: Booking) -> bool:
        page = pages.get(booking.page)
        return me in booking.users or (page is not None and takes_part(me, page, booking.event_type, find))

    return [booking for booking in found if is_own(booking)]


async def pages_with_part(caller: Caller) -> list[str]:
    """Ids of the pages in whose bookings, of one event type at least, the caller takes part.

    They are looked for once, until the configuration changes.
    """
    me, snapshot = caller.user.id, caller.snapshot
    if me not in snapshot.parts:
        pages = await load_all_pages(snapshot)
        snapshot.parts[me] = [page.id for page in pages.values() if takes_part(me, page, None, snapshot.find)]
    return snapshot.parts[me]
