"""The pages that links and bookings belong to, of either kind: their records and where they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.pages.master_page import MasterPage
from admitone.usecases.pages.booking_pages import all_booking_pages
from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.usecases.shared.records import all_records
from admitone.usecases.shared.slugs import PAGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.usecases.shared.services import Caller, Services


async def load_pages(caller: Caller, ids: Iterable[str]) -> dict[str, BookingPage | MasterPage]:
    """The pages with these ids, without those that were deleted; one trip at most."""
    wanted = [(kind, page) for page in dict.fromkeys(ids) for kind in PAGE_KINDS]
    return {page.id: page for page in await caller.snapshot.load(*wanted) if page is not None}


async def all_pages(services: Services, caller: Caller) -> list[BookingPage | MasterPage]:
    """Every page that a list can be narrowed to: booking pages, the caller's own first, and master pages."""
    booking_pages = await all_booking_pages(services, caller)
    return [*booking_pages, *await all_records(services, caller, MASTER_PAGES)]


def page_path(page: BookingPage | MasterPage) -> str:
    """Where the dashboard shows it."""
    return f"/dashboard/{'master-pages' if isinstance(page, MasterPage) else 'pages'}/{page.id}"
