"""Create a booking page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.pages.booking_page_check import check_page, claim_slug
from admitone.usecases.pages.booking_page_view import page_record, view_booking_page
from admitone.usecases.shared.config_change import create_record, earlier_answer
from admitone.usecases.shared.services import new_id

if TYPE_CHECKING:
    from admitone.domain.pages.booking_page import BookingPageBody
    from admitone.usecases.shared.services import Caller, Services


async def create_booking_page(services: Services, caller: Caller, body: BookingPageBody) -> Any:
    """The new page's view; raises Invalid, Forbidden (another owner), SlugInUse, IdempotencyKeyReused.

    The slug is claimed first and the page written after it: a crash between the two leaves a claim without a
    page, which falls by itself.
    """
    if (earlier := earlier_answer(services, caller)) is not None:
        return earlier
    owner = await check_page(caller, body)
    claim = await claim_slug(services, caller, body.slug, new_id())
    record = page_record(body, record_id=claim.record, owner=owner, created_at=services.now())
    view = view_booking_page(services, record)
    return await create_record(services, caller, "booking_page", record, view, claimed=claim.at)
