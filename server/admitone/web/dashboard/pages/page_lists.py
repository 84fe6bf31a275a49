"""The common part of the lists of booking pages and of master pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.links.target import is_available
from admitone.usecases.pages.target_read import read_targets
from admitone.web.http.appkeys import CALLER, CONFIG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.domain.pages.master_page import MasterPage


async def page_list_context(
    request: web.Request, part: str, pages: Sequence[BookingPage | MasterPage]
) -> dict[str, Any]:
    """The context of a list of pages; `one_time` has the ids of pages that one-time links can be created for.

    `part` is the tab of the list.
    """
    targets = await read_targets(request[CALLER].snapshot, [page.id for page in pages])
    return {
        "room": "pages",
        "part": part,
        "pages": pages,
        "one_time": {page for page, target in targets.items() if is_available(target, None)},
        "public_url": request.app[CONFIG].public_url,
    }
