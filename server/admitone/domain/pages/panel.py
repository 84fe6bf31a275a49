"""Who takes part in the bookings of a page (docs/rules/members.md).

Unlike in the target of a link (links/target.py), disabled pages and deactivated users count: what was booked
with them stays theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.pages.booking_page import BookingPage

if TYPE_CHECKING:
    from admitone.domain.links.target import Find
    from admitone.domain.pages.master_page import MasterPage, Reference
    from admitone.domain.pages.pool import Pool


def references(page: MasterPage, event_type: str | None) -> list[Reference]:
    """What the dynamic rules of a master page name: the rule of one event type, or (None) all of them."""
    rules = page.rules if page.is_dynamic else ()
    return [
        reference
        for rule in rules
        if event_type in {None, rule.event_type}
        for reference in (rule.primary, *rule.additional)
    ]


def panel_pages(page: MasterPage, event_type: str | None, find: Find) -> list[str]:
    """Ids of the booking pages that take bookings of an event type (None: of any) through a master page.

    `find` must find the pools of the rules. Static rules have one list of pages for all event types.
    """
    if not page.is_dynamic:
        return list(page.pages)
    found: list[str] = []
    for reference in references(page, event_type):
        pool: Pool | None = find("pool", reference.pool) if reference.pool else None
        found += [reference.page] if reference.page else []
        found += [member.page for member in pool.members] if pool else []
    return found


def takes_part(user: str, page: BookingPage | MasterPage, event_type: str | None, find: Find) -> bool:
    """Whether the page is the user's, or one of their pages is in its panel for an event type (None: any).

    `find` must find the pools of the rules, and the booking pages of `panel_pages`.
    """
    if isinstance(page, BookingPage):
        return page.owner == user
    members = (find("booking_page", each) for each in panel_pages(page, event_type, find))
    return any(member is not None and member.owner == user for member in members)
