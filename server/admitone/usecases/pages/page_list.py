"""List the pages that the caller can share, for pickers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.links.target import is_available
from admitone.domain.pages.booking_page import BookingPage
from admitone.usecases.pages.booking_pages import all_booking_pages
from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.usecases.pages.target_read import read_targets
from admitone.usecases.shared.records import all_records

if TYPE_CHECKING:
    from admitone.domain.links.target import Target
    from admitone.domain.pages.master_page import MasterPage
    from admitone.usecases.shared.services import Caller, Services


class SharedEventType(msgspec.Struct, frozen=True):
    """An event type as pickers show it."""

    id: str
    name: str
    duration_minutes: int


class SharedPage(msgspec.Struct, frozen=True):
    """A page that can be shared; `url` is the general link, `one_time` whether one-time links are possible.

    A master page has no `owner`.
    """

    id: str
    kind: Literal["booking_page", "master_page"]
    title: str
    slug: str
    url: str
    general_link: bool
    one_time: bool
    owner: str | None
    event_types: list[SharedEventType]


async def list_shared_pages(services: Services, caller: Caller) -> list[SharedPage]:
    """The workspace's enabled pages, the caller's own first."""
    pages: list[BookingPage | MasterPage] = [*await all_booking_pages(services, caller)]
    master_pages = await all_records(services, caller, MASTER_PAGES)
    pages += master_pages
    enabled = [page for page in pages if page.enabled]
    targets = await read_targets(caller.snapshot, [page.id for page in enabled])
    shared = [_shared(services, target) for page in enabled if (target := targets[page.id]) is not None]
    return sorted(shared, key=lambda page: (page.owner != caller.user.id, page.title.casefold()))


def _shared(services: Services, target: Target) -> SharedPage:
    page, offered = target.page, target.offered()
    return SharedPage(
        id=page.id,
        kind="booking_page" if isinstance(page, BookingPage) else "master_page",
        title=page.title,
        slug=page.slug,
        url=f"{services.public_url}/{page.slug}",
        general_link=page.general_link,
        one_time=is_available(target, None),
        owner=page.owner if isinstance(page, BookingPage) else None,
        event_types=[SharedEventType(each.id, each.name, each.duration_minutes) for each in offered],
    )
