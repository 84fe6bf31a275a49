"""Reading the target of a link: its page with all records that the page needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from admitone.domain.links.target import Target, resolve
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.master_page import MasterPage
from admitone.usecases.shared.slugs import PAGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from admitone.domain.pages.pool import Pool


class Records(Protocol):
    """Configuration by kind and id: a snapshot, or the configuration after a change."""

    def find(self, kind: str, record_id: str) -> Any:
        """The record, or None if it does not exist; it must have been loaded."""

    def is_there(self, kind: str, record_id: str) -> bool:
        """Whether the record is known to exist; nothing is read."""

    async def load(self, *wanted: tuple[str, str]) -> list[Any]:
        """The records with these kinds and ids, None for each that does not exist."""


async def read_target(records: Records, page_id: str) -> Target | None:
    """The target with the page of this id, or None if the page was deleted."""
    return (await read_targets(records, [page_id]))[page_id]


async def read_targets(records: Records, page_ids: Sequence[str]) -> dict[str, Target | None]:
    """As `read_target` for several pages, in four round trips at most."""
    wanted = list(dict.fromkeys(page_ids))
    found = await records.load(*((kind, page_id) for page_id in wanted for kind in _kinds(records, page_id)))
    pages: dict[str, BookingPage | MasterPage] = {page.id: page for page in found if page is not None}
    await _load_what_they_need(records, pages.values())
    return {
        page_id: resolve(pages[page_id], records.find) if page_id in pages else None for page_id in wanted
    }


def _kinds(records: Records, page_id: str) -> tuple[str, ...]:
    """The kinds under which a page is looked for: one if the page is known, which saves a trip, else both."""
    return next(((kind,) for kind in PAGE_KINDS if records.is_there(kind, page_id)), PAGE_KINDS)


async def _load_what_they_need(records: Records, pages: Iterable[BookingPage | MasterPage]) -> None:
    """Load first the pools, then the booking pages of all pages, then the owners and event types of these."""
    masters = [page for page in pages if isinstance(page, MasterPage)]
    dynamic = [rule for page in masters if page.is_dynamic for rule in page.rules]
    references = [each for rule in dynamic for each in (rule.primary, *rule.additional)]
    pools: list[Pool | None] = await _load(records, "pool", (each.pool for each in references if each.pool))
    ids = [member.page for pool in pools if pool is not None for member in pool.members]
    ids += [each.page for each in references if each.page]
    ids += [page for master in masters if not master.is_dynamic for page in master.pages]
    booking_pages = [page for page in pages if isinstance(page, BookingPage)]
    booking_pages += [page for page in await _load(records, "booking_page", ids) if page is not None]
    event_types = [rule.event_type for rule in dynamic]
    event_types += [event_type for page in booking_pages for event_type in page.event_types]
    await records.load(
        *dict.fromkeys(("user", page.owner) for page in booking_pages),
        *dict.fromkeys(("event_type", event_type) for event_type in event_types),
    )


async def _load(records: Records, kind: str, ids: Iterable[str]) -> list[Any]:
    return await records.load(*dict.fromkeys((kind, each) for each in ids))
