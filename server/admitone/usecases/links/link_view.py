"""A link as the API shows it to hosts, ready to insert into a message."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.links.link import Person
from admitone.domain.links.target import is_available
from admitone.store.records.readers import read_bookings
from admitone.usecases.shared.ownership import is_own_link, seen_bookings, sees_all

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from admitone.domain.links.inserted import Inserted
    from admitone.domain.links.link import Link
    from admitone.domain.links.target import Target
    from admitone.usecases.shared.services import Caller, Services


class LinkView(msgspec.Struct, kw_only=True):
    """The answer to everything that concerns one link; `code` is without the dot.

    `code`, `url`, `html` and `text` are None if the caller may know of the link, but not open it: a
    colleague's, or any for an API key without `links:write`. `bookings` has the ids of those that the caller
    may see.
    """

    id: str
    code: str | None
    url: str | None
    status: str
    page: str
    event_type: str | None
    person: Person | None
    skip_form: bool
    on_cancel: str
    note: str
    channel: str
    created_by: str
    created_at: Instant
    expires_at: Instant | None
    revoked_at: Instant | None
    opened_at: Instant | None
    fetched_at: Instant | None
    bookings: Sequence[str]
    html: str | None
    text: str | None
    timeline: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET


class MadeLinkView(LinkView, kw_only=True):
    """The answer to whoever has just made a link, and so may open it."""

    code: str
    url: str
    html: str
    text: str


class MadeLinksView(msgspec.Struct):
    """The links that were made at once; `html` and `text` have a line with name and link for each."""

    items: list[MadeLinkView]
    html: str
    text: str


OPENING = ("code", "url", "html", "text")
"""The fields with which a link can be opened."""


async def view_links(
    services: Services, caller: Caller, links: Sequence[Link], targets: Mapping[str, Target | None]
) -> list[LinkView]:
    """The views of links as far as the caller may see them; `targets` by id of the page, None if deleted."""
    if await sees_all(caller):
        return [LinkView(**_values(services, link, targets[link.page])) for link in links]
    seen = await _seen_bookings(services, caller, links)
    return [_own_view(services, caller, link, targets[link.page], seen) for link in links]


def view_made_link(
    services: Services, link: Link, target: Target | None, content: Inserted | None = None
) -> MadeLinkView:
    """The view for the caller who made the link, and who chose what to insert."""
    values = _values(services, link, target)
    if content:
        values |= {"html": content.html, "text": content.text}
    return MadeLinkView(**values)


def as_shown_to(caller: Caller, view: LinkView) -> LinkView:
    """The view as an answer to GET shows it: whoever may only read cannot book by what they read."""
    if not caller.may("links:write"):
        for name in OPENING:
            setattr(view, name, None)
    return view


async def _seen_bookings(services: Services, caller: Caller, links: Sequence[Link]) -> set[str]:
    """The ids of those of the links' bookings that the caller may see."""
    ids = [booking for link in links for booking in link.bookings]
    bookings = await read_bookings(services.store, caller.workspace, ids) if ids else []
    return {booking.id for booking in await seen_bookings(caller, bookings)}


def _own_view(
    services: Services, caller: Caller, link: Link, target: Target | None, seen: Collection[str]
) -> LinkView:
    """The view for a caller who sees only what is their own, such as the `seen` bookings."""
    values = _values(services, link, target)
    values["bookings"] = [booking for booking in link.bookings if booking in seen]
    if not is_own_link(caller, link, target.page if target else None):
        values |= dict.fromkeys(OPENING)
    return LinkView(**values)


def _values(services: Services, link: Link, target: Target | None) -> dict[str, Any]:
    url = link_url(services, link.code)
    title = target.page.title if target else url
    return {
        "id": link.id,
        "code": link.code,
        "url": url,
        "status": link.state(services.now(), available=is_available(target, link.event_type)),
        "page": link.page,
        "event_type": link.event_type,
        "person": link.person,
        "skip_form": skips_form(link),
        "on_cancel": link.on_cancel,
        "note": link.note,
        "channel": link.channel,
        "created_by": link.created_by,
        "created_at": Instant(link.created_at),
        "expires_at": instant(link.expires_at),
        "revoked_at": instant(link.revoked_at),
        "opened_at": instant(link.opened_at),
        "fetched_at": instant(link.fetched_at),
        "bookings": link.bookings,
        "html": f'<a href="{escape(url)}">{escape(title)}</a>',
        "text": url,
    }


def link_url(services: Services, code: str) -> str:
    """The address of a one-time link, which its customer opens."""
    return f"{services.public_url}/.{code}"


def skips_form(link: Link) -> bool:
    """Whether to skip a form that requires nothing unknown: on personalised links, unless set otherwise."""
    return link.person is not None and link.skip_form is not False


def instant(seconds: int | None) -> Instant | None:
    """Epoch seconds as the API shows them; None stays None."""
    return None if seconds is None else Instant(seconds)
