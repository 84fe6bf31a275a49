"""The time zone in which a user reads times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.shared.records import first_record

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


async def own_zone(services: Services, caller: Caller) -> str:
    """The zone that the caller chose, else the zone of their oldest booking page, else UTC."""
    if caller.user.timezone is not None:
        return caller.user.timezone
    page = await first_record(services, caller, BOOKING_PAGES, lambda page: page.owner == caller.user.id)
    return page.schedule.timezone if page else "UTC"
