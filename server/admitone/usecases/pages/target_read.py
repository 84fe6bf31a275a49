"""Reads what a link leads to; most of it is configuration that this process knows already."""

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
    """Configuration by kind and id: a snapshot, or what it would be after a change."""

    def find(self, kind: str, record_id: str) -> Any:
        """The record, or None where there is none; it must have been loaded."""

    def is_there(self, kind: str, record_id: str) -> bool:
        """Whether a record is known to be there, without reading."""

    async def load(self, *wanted: tuple[str, str]) -> list[Any]:
        """The records with these kinds and ids, None for each that is not there."""


async def read_target(records: Records, page_id: str) -> Target | None:
    """What the page with this id leads to, or None where the page was deleted."""
    return (await read_targets(records, [page_id]))[page_id]


async def read_targets(records: Records, page_ids: Sequence[str]) -> dict[str, Target | None]:
    """As `read_target`, for several pages in four trips at most."""
    wanted = list(dict.fromkeys(page_ids))
    found = await records.load(*((kind, page_id) for page_id in wanted for kind in _kinds(records, page_id)))
    pages: dict[str, BookingPage | MasterPage] = {page.id: page for page in found if page is not None}
    await _load_what_they_need(records, pages.values())
    return {
        page_id: resolve(pages[page_id], records.find) if page_id in pages else None for page_id in wanted
    }


def _kinds(records: Records, page_id: str) -> tuple[str, ...]:
    """The kinds under which a page is looked for; to find that there is none would cost a trip each time."""
    return next(((kind,) for kind in PAGE_KINDS if records.is_there(kind, page_id)), PAGE_KINDS)


async def _load_what_they_need(records: Records, pages: Iterable[BookingPage | MasterPage]) -> None:
    """Pools first, then the booking pages of all, then their owners and event types."""
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
