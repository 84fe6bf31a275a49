"""One-time links as rows of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.pages.booking_page import BookingPage
from admitone.texts.message import message
from admitone.usecases.accounts.users import user_names
from admitone.usecases.links.link_view import LinkView
from admitone.web.dashboard.pages.page_names import load_pages, page_path
from admitone.web.dashboard.room import FORMER_USER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.pages.master_page import MasterPage
    from admitone.usecases.shared.services import Caller


class LinkRow(msgspec.Struct, frozen=True):
    """A link with the names for its ids; `page_title` and `page_path` are None if its page was deleted.

    `may_change` says whether the caller may change, revoke and reactivate the link.
    """

    link: LinkView
    page_title: str | None
    page_path: str | None
    event_type_name: str | None
    made_by: str
    may_change: bool

    @property
    def title(self) -> str:
        """The name or address of the link's person, else its note, else the end of its code, or its maker."""
        person, code = self.link.person, self.link.code
        named = (person and (person.name or person.email)) or self.link.note
        return named or (f"…{code[-6:]}" if code else message("Made by %(by)s", by=self.made_by))


async def link_rows(caller: Caller, links: Sequence[LinkView]) -> list[LinkRow]:
    """A row for each link; reads the store at most three times."""
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
        made_by=names.get(link.created_by, FORMER_USER),
        may_change=caller.is_administrator or caller.user.id in {link.created_by, owner},
    )
