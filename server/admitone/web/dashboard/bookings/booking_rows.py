"""Bookings as rows of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.usecases.accounts.users import user_names
from admitone.usecases.shared.booking_view import BookingView
from admitone.web.dashboard.pages.page_names import load_pages, page_path
from admitone.web.dashboard.room import FORMER_USER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.domain.pages.master_page import MasterPage
    from admitone.usecases.shared.services import Caller


class BookingRow(msgspec.Struct, frozen=True):
    """A booking with the names for its ids; `page_title` and `page_path` are None if its page was deleted."""

    booking: BookingView
    page_title: str | None
    page_path: str | None
    host_name: str
    is_mine: bool


async def booking_rows(caller: Caller, bookings: Sequence[BookingView]) -> list[BookingRow]:
    """A row for each booking; reads the store at most twice."""
    pages = await load_pages(caller, [booking.page for booking in bookings])
    names = await user_names(caller, [booking.host for booking in bookings])
    return [_row(caller, booking, pages.get(booking.page), names) for booking in bookings]


def _row(
    caller: Caller, booking: BookingView, page: BookingPage | MasterPage | None, names: dict[str, str]
) -> BookingRow:
    return BookingRow(
        booking=booking,
        page_title=page.title if page else None,
        page_path=page_path(page) if page else None,
        host_name=names.get(booking.host, FORMER_USER),
        is_mine=caller.user.id in booking.hosts,
    )
