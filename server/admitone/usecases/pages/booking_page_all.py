"""All booking pages of a workspace, for lists that are not read in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.shared.config_list import all_config

if TYPE_CHECKING:
    from admitone.domain.pages.booking_page import BookingPage
    from admitone.usecases.shared.services import Caller, Services


async def all_booking_pages(services: Services, caller: Caller) -> list[BookingPage]:
    """Every booking page, disabled ones too, the caller's own first and then by title."""
    pages: list[BookingPage] = await all_config(services, caller, "booking_page")
    return sorted(pages, key=lambda page: (page.owner != caller.user.id, page.title.casefold()))
