"""A booking with its manage link, and the times that tests of it move to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.api.calling import token_of

if TYPE_CHECKING:
    from tests.support.api.calling import Api

START = "2026-11-19T08:00:00Z"
LATER = "2026-11-19T09:00:00Z"
DAYS = {"from_": "2026-11-19", "to": "2026-11-19"}


async def a_booking(admin: Api, customer: Api, **event_type: object) -> tuple[Any, str, Any]:
    """A booking at START on a new page: the booking, the path of its manage link, and the page."""
    page = await admin.new_page(await admin.new_event_type(**event_type))
    booking = await customer.booked(page["slug"], START)
    return booking, f"/manage/{token_of(booking)}", page
