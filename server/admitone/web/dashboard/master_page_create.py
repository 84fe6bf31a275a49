"""POST /dashboard/master-pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import FieldError, Invalid, SlugInUse
from admitone.domain.master_page import MasterPageBody
from admitone.usecases.master_page_create import create_master_page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.master_page_edit import show_form
from admitone.web.dashboard.master_page_form import master_page_document, read_master_page
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Create a master page, or rearrange its form."""
    sent = read_master_page(await read_form(request))
    if sent.act:
        return await show_form(request, None, sent)
    try:
        body = convert(master_page_document(sent), MasterPageBody)
        made = plain(await create_master_page(request.app[SERVICES], request[CALLER], body))
    except Invalid as refusal:
        return await show_form(request, None, sent, by_field(refusal))
    except SlugInUse as refusal:
        return await show_form(request, None, sent, by_field(Invalid(FieldError("slug", refusal.detail))))
    return lead_to(f"/dashboard/master-pages/{made['id']}", said="created")
