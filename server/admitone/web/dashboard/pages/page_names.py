"""The pages of links and bookings, of both kinds: their records and their addresses in the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.pages.master_page import MasterPage
from admitone.usecases.pages.booking_pages import all_booking_pages
from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.usecases.shared.ownership import pages_with_part, sees_all
from admitone.usecases.shared.records import all_records
from admitone.usecases.shared.slugs import PAGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.usecases.shared.services import Caller, Services


async def load_pages(caller: Caller, ids: Iterable[str]) -> dict[str, BookingPage | MasterPage]:
    """The pages with these ids, by id, without deleted ones; reads the store at most once."""
    wanted = [(kind, page) for page in dict.fromkeys(ids) for kind in PAGE_KINDS]
    return {page.id: page for page in await caller.snapshot.load(*wanted) if page is not None}


async def all_pages(services: Services, caller: Caller) -> list[BookingPage | MasterPage]:
    """All pages, to filter lists by: booking pages, the caller's own first, then master pages."""
    booking_pages = await all_booking_pages(services, caller)
    return [*booking_pages, *await all_records(services, caller, MASTER_PAGES)]


async def pages_with_bookings(services: Services, caller: Caller) -> list[BookingPage | MasterPage]:
    """The pages whose bookings the caller sees, in the order of `all_pages`."""
    pages = await all_pages(services, caller)
    if await sees_all(caller):
        return pages
    seen = set(await pages_with_part(caller))
    return [page for page in pages if page.id in seen]


def page_path(page: BookingPage | MasterPage) -> str:
    """The page's address in the dashboard."""
    return f"/dashboard/{'master-pages' if isinstance(page, MasterPage) else 'pages'}/{page.id}"
