"""The workspace's booking pages as pools and master pages name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.usecases.accounts.users import user_names
from admitone.usecases.pages.booking_pages import all_booking_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.usecases.shared.services import Caller, Services


class PageChoice(msgspec.Struct, frozen=True):
    """A booking page with its host; `priority` is what the form of a pool has, as it was typed."""

    page: str
    title: str
    host: str
    priority: str = ""


async def page_choices(services: Services, caller: Caller) -> list[PageChoice]:
    """Every booking page, by title and host."""
    pages = await all_booking_pages(services, caller)
    names = await user_names(caller, [page.owner for page in pages])
    found = [
        PageChoice(
            page.id,
            page.title if page.enabled else f"{page.title} (off)",
            names.get(page.owner, "somebody who left"),
        )
        for page in pages
    ]
    return sorted(found, key=lambda choice: (choice.title.casefold(), choice.host.casefold()))


def chosen_rows(
    choices: Sequence[PageChoice], chosen: Sequence[tuple[str, str]]
) -> tuple[list[PageChoice], list[PageChoice]]:
    """Those that were chosen, as pairs of id and priority, in their order, and then the others."""
    known = {choice.page: choice for choice in choices}
    rows = [
        msgspec.structs.replace(
            known.get(page, PageChoice(page, "A page that was deleted", "")), priority=priority
        )
        for page, priority in chosen
    ]
    taken = {page for page, _ in chosen}
    return rows, [choice for choice in choices if choice.page not in taken]
