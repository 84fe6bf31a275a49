"""Reads what a link leads to; most of it is configuration that this process knows already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.target import Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.booking_page import BookingPage
    from admitone.store.snapshot import Snapshot


async def read_target(snapshot: Snapshot, page_id: str) -> Target | None:
    """The page with its owner and event types, or None where the page was deleted."""
    page: BookingPage | None
    [page] = await snapshot.load(("booking_page", page_id))
    if page is None:
        return None
    event_types = [("event_type", event_type) for event_type in page.event_types]
    owner, *found = await snapshot.load(("user", page.owner), *event_types)
    return Target(page, owner, [event_type for event_type in found if event_type is not None])


async def read_targets(snapshot: Snapshot, page_ids: Sequence[str]) -> dict[str, Target | None]:
    """As `read_target`, for several pages in two trips at most."""
    wanted = list(dict.fromkeys(page_ids))
    pages: list[BookingPage | None] = await snapshot.load(*(("booking_page", page) for page in wanted))
    there = [page for page in pages if page is not None]
    await snapshot.load(
        *dict.fromkeys(("user", page.owner) for page in there),
        *dict.fromkeys(("event_type", event_type) for page in there for event_type in page.event_types),
    )
    found = {page.id: _target(snapshot, page) for page in there}
    return {page_id: found.get(page_id) for page_id in wanted}


def _target(snapshot: Snapshot, page: BookingPage) -> Target:
    event_types = [snapshot.find("event_type", event_type) for event_type in page.event_types]
    return Target(
        page=page,
        owner=snapshot.find("user", page.owner),
        event_types=[event_type for event_type in event_types if event_type is not None],
    )
