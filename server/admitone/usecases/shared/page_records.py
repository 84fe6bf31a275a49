"""Reading pages of both kinds, with the pools and booking pages that take part in them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from admitone.domain.pages.master_page import MasterPage
from admitone.domain.pages.panel import panel_pages, references
from admitone.usecases.shared.slugs import PAGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.store.records.configuration.snapshot import Snapshot

    Page = BookingPage | MasterPage


class Records(Protocol):
    """Configuration by kind and id: a snapshot, or the configuration after a change."""

    def find(self, kind: str, record_id: str) -> Any:
        """The record, or None if it does not exist; it must have been loaded."""

    def is_there(self, kind: str, record_id: str) -> bool:
        """Whether the record is known to exist; nothing is read."""

    async def load(self, *wanted: tuple[str, str]) -> list[Any]:
        """The records with these kinds and ids, None for each that does not exist."""


async def load_pages(records: Records, page_ids: Iterable[str]) -> dict[str, Page]:
    """The pages with these ids, by id, without deleted ones; in three round trips at most.

    The pools and booking pages that take part in a master page are loaded too.
    """
    wanted = [(kind, page_id) for page_id in dict.fromkeys(page_ids) for kind in _kinds(records, page_id)]
    pages = {page.id: page for page in await records.load(*wanted) if page is not None}
    await _load_panels(records, [page for page in pages.values() if isinstance(page, MasterPage)])
    return pages


async def load_all_pages(snapshot: Snapshot) -> dict[str, Page]:
    """All pages of the workspace, as `load_pages`; no trip while this process knows the configuration."""
    ids = await asyncio.gather(*(snapshot.ids(kind) for kind in PAGE_KINDS))
    wanted = [(kind, page_id) for kind, known in zip(PAGE_KINDS, ids, strict=True) for page_id in known]
    return await load_pages(snapshot, [page.id for page in await snapshot.load(*wanted) if page is not None])


def _kinds(records: Records, page_id: str) -> tuple[str, ...]:
    """The kinds under which a page is looked for: one if the page is known, which saves a trip, else both."""
    return next(((kind,) for kind in PAGE_KINDS if records.is_there(kind, page_id)), PAGE_KINDS)


async def _load_panels(records: Records, pages: list[MasterPage]) -> None:
    pools = (each.pool for page in pages for each in references(page, None))
    await records.load(*dict.fromkeys(("pool", pool) for pool in pools if pool))
    members = (each for page in pages for each in panel_pages(page, None, records.find))
    await records.load(*dict.fromkeys(("booking_page", each) for each in members))
