"""A link as the API shows it to hosts, ready to insert into a message."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.links.link import Person
from admitone.domain.links.target import is_available

if TYPE_CHECKING:
    from admitone.domain.links.link import Link
    from admitone.domain.links.target import Target
    from admitone.usecases.shared.services import Services


class LinkView(msgspec.Struct, kw_only=True):
    """The answer to everything that concerns one link; `code` is without the dot."""

    id: str
    code: str
    url: str
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
    html: str
    text: str
    timeline: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET


def view_link(services: Services, link: Link, target: Target | None) -> LinkView:
    """The view of `link`, whose target is `target` (None: its page was deleted)."""
    url = link_url(services, link.code)
    title = target.page.title if target else url
    return LinkView(
        id=link.id,
        code=link.code,
        url=url,
        status=link.state(services.now(), available=is_available(target, link.event_type)),
        page=link.page,
        event_type=link.event_type,
        person=link.person,
        skip_form=skips_form(link),
        on_cancel=link.on_cancel,
        note=link.note,
        channel=link.channel,
        created_by=link.created_by,
        created_at=Instant(link.created_at),
        expires_at=instant(link.expires_at),
        revoked_at=instant(link.revoked_at),
        opened_at=instant(link.opened_at),
        fetched_at=instant(link.fetched_at),
        bookings=link.bookings,
        html=f'<a href="{escape(url)}">{escape(title)}</a>',
        text=url,
    )


def link_url(services: Services, code: str) -> str:
    """The address of a one-time link, which its customer opens."""
    return f"{services.public_url}/.{code}"


def skips_form(link: Link) -> bool:
    """Whether to skip a form that requires nothing unknown: on personalised links, unless set otherwise."""
    return link.person is not None and link.skip_form is not False


def instant(seconds: int | None) -> Instant | None:
    """Epoch seconds as the API shows them; None stays None."""
    return None if seconds is None else Instant(seconds)
