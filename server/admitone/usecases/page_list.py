"""List everything that the caller can share, for pickers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.usecases.config_list import ListQuery, list_config
from admitone.usecases.target_read import read_targets

if TYPE_CHECKING:
    from admitone.domain.booking_page import BookingPage
    from admitone.usecases.services import Caller, Services

MOST = 200


class SharedEventType(msgspec.Struct, frozen=True):
    """An event type as pickers show it."""

    id: str
    name: str
    duration_minutes: int


class SharedPage(msgspec.Struct, frozen=True):
    """A page that links can be made for; `url` is the general link, `one_time` whether links are possible."""

    id: str
    kind: Literal["booking_page", "master_page"]
    title: str
    slug: str
    url: str
    general_link: bool
    one_time: bool
    owner: str
    event_types: list[SharedEventType]


async def list_shared_pages(services: Services, caller: Caller) -> list[SharedPage]:
    """The workspace's enabled pages, the caller's own first."""
    pages: list[BookingPage] = []
    cursor: str | None = None
    while True:
        found = await list_config(services, caller, "booking_page", ListQuery(limit=MOST, cursor=cursor))
        pages += [page for page in found.items if page.enabled]
        cursor = found.next_cursor
        if cursor is None:
            break
    targets = await read_targets(caller.snapshot, [page.id for page in pages])
    shared = [
        SharedPage(
            id=page.id,
            kind="booking_page",
            title=page.title,
            slug=page.slug,
            url=f"{services.public_url}/{page.slug}",
            general_link=page.general_link,
            one_time=bool(target.offered()),
            owner=page.owner,
            event_types=[
                SharedEventType(each.id, each.name, each.duration_minutes) for each in target.offered()
            ],
        )
        for page in pages
        if (target := targets[page.id]) is not None
    ]
    return sorted(shared, key=lambda page: (page.owner != caller.user.id, page.title.casefold()))
