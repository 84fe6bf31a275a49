"""One-time links as rows of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.links.link import DAY, LinkState
from admitone.domain.pages.booking_page import BookingPage
from admitone.store.records.readers import read_bookings
from admitone.texts.message import message
from admitone.usecases.accounts.users import user_names
from admitone.usecases.links.link_view import LinkView
from admitone.web.dashboard.pages.page_names import load_pages, page_path
from admitone.web.dashboard.room import FORMER_USER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.pages.master_page import MasterPage
    from admitone.usecases.shared.services import Caller

NUDGED_AFTER = 2
"""Days after which a host is offered to remind a person of a link that is not booked."""


class LinkRow(msgspec.Struct, frozen=True, kw_only=True):
    """A link with the names for its ids; `page_title` and `page_path` are None if its page was deleted.

    `may_change` says whether the caller may change, revoke and reactivate the link. `start` (epoch seconds)
    and `customer` are those of the booking that the caller may see, None without one.
    """

    link: LinkView
    page_title: str | None
    page_path: str | None
    event_type_name: str | None
    made_by: str
    is_mine: bool
    may_change: bool
    start: int | None
    customer: str | None

    @property
    def title(self) -> str:
        """The name or address of the link's person, else its note, else who booked, else its page."""
        person = self.link.person
        named = (person and (person.name or person.email)) or self.link.note or self.customer
        return named or self.page_title or message("A page that was deleted")

    @property
    def has_page_as_title(self) -> bool:
        """Whether nothing but its page tells the link from others."""
        return self.title == self.page_title

    @property
    def may_extend(self) -> bool:
        """Whether a later expiry makes or leaves the link usable."""
        return self.may_change and self.link.status in {LinkState.ACTIVE, LinkState.EXPIRED}

    def days(self, now: int) -> int:
        """The whole days since the link was made."""
        return max(now - self.link.created_at, 0) // DAY

    def may_nudge(self, now: int) -> bool:
        """Whether to offer a mail that reminds the person of the link."""
        is_open = self.link.status == LinkState.ACTIVE and self.link.url is not None
        is_due = self.days(now) >= NUDGED_AFTER
        return is_open and is_due and self.may_change and self.link.person is not None


async def link_rows(caller: Caller, links: Sequence[LinkView]) -> list[LinkRow]:
    """A row for each link; reads the store at most four times."""
    pages = await load_pages(caller, [link.page for link in links])
    types = [("event_type", link.event_type) for link in links if link.event_type]
    await caller.snapshot.load(*dict.fromkeys(types))
    names = await user_names(caller, [link.created_by for link in links])
    bookings = await _bookings(caller, links)
    return [_row(caller, link, pages.get(link.page), names, bookings.get(link.id)) for link in links]


async def _bookings(caller: Caller, links: Sequence[LinkView]) -> dict[str, Booking]:
    """The last booking of each booked link, by the link's id."""
    last = {link.bookings[-1]: link.id for link in links if link.bookings and link.status == LinkState.BOOKED}
    found = await read_bookings(caller.snapshot.store, caller.workspace, list(last)) if last else []
    return {last[booking.id]: booking for booking in found}


def _row(
    caller: Caller,
    link: LinkView,
    page: BookingPage | MasterPage | None,
    names: dict[str, str],
    booking: Booking | None,
) -> LinkRow:
    event_type = caller.snapshot.find("event_type", link.event_type) if link.event_type else None
    owner = page.owner if isinstance(page, BookingPage) else None
    return LinkRow(
        link=link,
        page_title=page.title if page else None,
        page_path=page_path(page) if page else None,
        event_type_name=event_type.name if event_type else None,
        made_by=names.get(link.created_by, FORMER_USER),
        is_mine=link.created_by == caller.user.id,
        may_change=caller.is_administrator or caller.user.id in {link.created_by, owner},
        start=booking.start if booking else None,
        customer=booking.data.name if booking else None,
    )
