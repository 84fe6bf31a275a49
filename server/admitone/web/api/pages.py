"""Every page that the caller can share: `/api/v1/pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.links.link_content import PageContentBody, PageContentView, page_content
from admitone.usecases.pages.page_list import SharedPage, list_shared_pages
from admitone.usecases.shared.listing import Listing
from admitone.usecases.times.availability import SlotQuery
from admitone.usecases.times.slot_list import list_page_slots
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, read_json, respond_json
from admitone.web.http.slots_answer import PageSlotList, respond_page_slots
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("page_list", Listing[SharedPage])
async def list_(request: web.Request) -> web.Response:
    """List everything that the caller can share, their own first."""
    return respond_json(Listing(await list_shared_pages(request.app[SERVICES], request[CALLER]), None))


@operation("page_slots", PageSlotList, query=SlotQuery)
async def slots(request: web.Request) -> web.Response:
    """List the free times of a page as its customers see them, and when the caller is busy."""
    asked, page = query(request, SlotQuery), request.match_info["id"]
    return respond_page_slots(await list_page_slots(request.app[SERVICES], request[CALLER], page, asked))


@operation("page_content", PageContentView, body=PageContentBody)
async def content(request: web.Request) -> web.Response:
    """Show a page's general link, or a sample of a one-time link, ready to insert into a message."""
    body = await read_json(request, PageContentBody)
    page = request.match_info["id"]
    return respond_json(await page_content(request.app[SERVICES], request[CALLER], page, body))
