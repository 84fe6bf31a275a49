"""POST /dashboard/master-pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import FieldError, Invalid, SlugInUse, WouldBreakLinks
from admitone.usecases.master_page_update import update_master_page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.master_page_edit import master_page_of, show_form
from admitone.web.dashboard.master_page_form import master_page_document, read_master_page
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Change a master page, or rearrange its form."""
    page = await master_page_of(request)
    form = await read_form(request)
    sent = read_master_page(form)
    if sent.act:
        return await show_form(request, page, sent)
    room = f"/dashboard/master-pages/{page.id}"
    services, caller = request.app[SERVICES], request[CALLER]
    try:
        document = master_page_document(sent)
        await update_master_page(services, caller, page.id, document, convert, confirm=is_confirmed(form))
    except Invalid as refusal:
        return await show_form(request, page, sent, by_field(refusal))
    except SlugInUse as refusal:
        return await show_form(request, page, sent, by_field(Invalid(FieldError("slug", refusal.detail))))
    except WouldBreakLinks as refusal:
        return await ask(request, form, refusal, room="pages", action="Save all the same", back=room)
    return lead_to(room, said="saved")
