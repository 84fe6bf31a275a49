"""Reading the target of a link: its page with all records that the page needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.links.target import Target, resolve
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.panel import panel_pages
from admitone.store.records.configuration.snapshot import Snapshot
from admitone.usecases.shared.page_records import load_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from admitone.domain.pages.master_page import MasterPage
    from admitone.usecases.shared.page_records import Records


async def read_target(records: Records, page_id: str) -> Target | None:
    """The target with the page of this id, or None if the page was deleted."""

    async def read() -> Target | None:
        return (await read_targets(records, [page_id]))[page_id]

    if isinstance(records, Snapshot):
        return await records.derived(f"target:{page_id}", read)
    return await read()


async def read_targets(records: Records, page_ids: Sequence[str]) -> dict[str, Target | None]:
    """As `read_target` for several pages, in four round trips at most."""
    pages = await load_pages(records, page_ids)
    await _load_owners_and_event_types(records, pages.values())
    return {
        page_id: resolve(pages[page_id], records.find) if page_id in pages else None for page_id in page_ids
    }


async def _load_owners_and_event_types(records: Records, pages: Iterable[BookingPage | MasterPage]) -> None:
    booking_pages: list[BookingPage] = []
    event_types: list[str] = []
    for page in pages:
        if isinstance(page, BookingPage):
            booking_pages.append(page)
            continue
        event_types += [rule.event_type for rule in page.rules if page.is_dynamic]
        members = (records.find("booking_page", each) for each in panel_pages(page, None, records.find))
        booking_pages += [member for member in members if member is not None]
    event_types += [each for page in booking_pages for each in page.event_types]
    await records.load(
        *dict.fromkeys(("user", page.owner) for page in booking_pages),
        *dict.fromkeys(("event_type", event_type) for event_type in event_types),
    )
