"""One-time links as rows: what a list says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.pages.booking_page import BookingPage
from admitone.usecases.accounts.users import user_names
from admitone.usecases.links.link_view import LinkView
from admitone.web.dashboard.pages.page_names import load_pages, page_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.pages.master_page import MasterPage
    from admitone.usecases.shared.services import Caller


class LinkRow(msgspec.Struct, frozen=True):
    """A link with the names that its ids stand for; `may_change` says whether the caller may act on it."""

    link: LinkView
    page_title: str | None
    page_path: str | None
    event_type_name: str | None
    made_by: str
    may_change: bool

    @property
    def title(self) -> str:
        """What the row is called after: whom the link is for, else its note, else its code."""
        person = self.link.person
        return (person and (person.name or person.email)) or self.link.note or f"…{self.link.code[-6:]}"


async def link_rows(caller: Caller, links: Sequence[LinkView]) -> list[LinkRow]:
    """A row for each link, in a few trips at most."""
    pages = await load_pages(caller, [link.page for link in links])
    types = [("event_type", link.event_type) for link in links if link.event_type]
    await caller.snapshot.load(*dict.fromkeys(types))
    names = await user_names(caller, [link.created_by for link in links])
    return [_row(caller, link, pages.get(link.page), names) for link in links]


def _row(
    caller: Caller, link: LinkView, page: BookingPage | MasterPage | None, names: dict[str, str]
) -> LinkRow:
    event_type = caller.snapshot.find("event_type", link.event_type) if link.event_type else None
    owner = page.owner if isinstance(page, BookingPage) else None
    return LinkRow(
        link=link,
        page_title=page.title if page else None,
        page_path=page_path(page) if page else None,
        event_type_name=event_type.name if event_type else None,
        made_by=names.get(link.created_by, "somebody who left"),
        may_change=caller.is_administrator or caller.user.id in {link.created_by, owner},
    )
