"""Bookings as rows: what a list says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.usecases.booking_view import BookingView
from admitone.usecases.user_names import user_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.usecases.services import Caller


class BookingRow(msgspec.Struct, frozen=True):
    """A booking with the names that its ids stand for; `page_title` None where the page was deleted."""

    booking: BookingView
    page_title: str | None
    host_name: str
    is_mine: bool


async def booking_rows(caller: Caller, bookings: Sequence[BookingView]) -> list[BookingRow]:
    """A row for each booking, in two trips at most."""
    await caller.snapshot.load(*dict.fromkeys(("booking_page", booking.page) for booking in bookings))
    names = await user_names(caller, [booking.host for booking in bookings])
    return [_row(caller, booking, names) for booking in bookings]


def _row(caller: Caller, booking: BookingView, names: dict[str, str]) -> BookingRow:
    page = caller.snapshot.find("booking_page", booking.page)
    return BookingRow(
        booking=booking,
        page_title=page.title if page else None,
        host_name=names.get(booking.host, "somebody who left"),
        is_mine=caller.user.id in booking.hosts,
    )
