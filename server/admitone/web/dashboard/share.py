"""GET /dashboard/share"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.store.words import fold
from admitone.usecases.link_read import read_link_view
from admitone.usecases.page_list import list_shared_pages
from admitone.usecases.target_read import read_target
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.one_time import why_no_one_time
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from admitone.usecases.page_list import SharedPage

DEFAULTS = {"one_time": "on", "name": "", "email": ""}


async def handle(request: web.Request) -> web.Response:
    """Choose a page, then the kind of link; `made` names the link that was made last."""
    return await show_share(request, request.query.get("page", ""))


async def show_share(
    request: web.Request,
    page_id: str,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> web.Response:
    """The room in which links are made; with `errors` by field after a form was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    pages = await list_shared_pages(services, caller)
    chosen = find_page(pages, page_id) or (pages[0] if len(pages) == 1 else None)
    made = request.query.get("made")
    link = await read_link_view(services, caller.snapshot, made) if made and made.isalnum() else None
    sought = request.query.get("q", "")
    return await show(
        request,
        "share",
        {
            "room": "share",
            "pages": [page for page in pages if fold(sought) in fold(f"{page.title} {page.slug}")],
            "has_pages": bool(pages),
            "page": chosen,
            "link": link,
            "general": chosen if chosen and request.query.get("general") else None,
            "why_not": why_no_one_time(await read_target(caller.snapshot, chosen.id)) if chosen else None,
            "q": sought,
            "errors": errors or {},
            "types": [("", "The customer chooses"), *((each.id, each.name) for each in chosen.event_types)]
            if chosen
            else [],
            "values": values or DEFAULTS | {"event_type": request.query.get("event_type", "")},
        },
        status=422 if errors else 200,
    )


def find_page(pages: Sequence[SharedPage], page_id: str) -> SharedPage | None:
    """The page of that id, if the caller can share it."""
    return next((page for page in pages if page.id == page_id), None)


def demand_page(pages: Sequence[SharedPage], page_id: str) -> SharedPage:
    """As `find_page`; raises NotFound."""
    if (page := find_page(pages, page_id)) is None:
        raise NotFound
    return page
