"""Which time zone a user reads times in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.pages.booking_pages import all_booking_pages

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


async def own_zone(services: Services, caller: Caller) -> str:
    """The zone that the caller chose, else that of a page of theirs, else UTC."""
    if caller.user.timezone is not None:
        return caller.user.timezone
    pages = await all_booking_pages(services, caller)
    return next((page.schedule.timezone for page in pages if page.owner == caller.user.id), "UTC")
