"""Whom an event concerns, as far as configuration says it (docs/activity.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from admitone.store.records.configuration.snapshot import Snapshot


async def page_owner(snapshot: Snapshot, page: str) -> str | None:
    """The owner of a booking page; None for a master page. No trip once this process knows the page.

    The page counts as used, so that a script finds out if its owner has changed.
    """
    found = snapshot.remembered("booking_page", page)
    if found is None and not snapshot.is_there("master_page", page):
        [found] = await snapshot.load(("booking_page", page))
    return found.owner if found is not None else None
