"""A booking page as the API shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.pages.booking_page import BookingPage, BookingPageBody

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


class BookingPageView(BookingPageBody, frozen=True, kw_only=True):
    """What was written, with defaults; `url` is the general link's address."""

    id: str
    url: str
    owner: str
    created_at: Instant


def view_booking_page(services: Services, record: BookingPage) -> BookingPageView:
    """The view of a booking page."""
    values = {field: getattr(record, field) for field in record.__struct_fields__} | {
        "url": f"{services.public_url}/{record.slug}",
        "created_at": Instant(record.created_at),
    }
    return BookingPageView(**values)


def page_record(body: BookingPageBody, *, record_id: str, owner: str, created_at: int) -> BookingPage:
    """The record of a page that was written as `body`."""
    values = msgspec.structs.asdict(body) | {"owner": owner}
    return BookingPage(**values, id=record_id, created_at=created_at)
