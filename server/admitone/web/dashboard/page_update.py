"""POST /dashboard/pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import FieldError, Invalid, SlugInUse, WouldBreakLinks
from admitone.usecases.booking_page_update import update_booking_page
from admitone.usecases.config_change import refuse
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.page import own_page
from admitone.web.dashboard.page_edit import show_form
from admitone.web.dashboard.page_form import as_patch, page_document, page_problems, read_page
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Change a booking page."""
    page = await own_page(request)
    form = await read_form(request)
    sent = read_page(form)
    room = f"/dashboard/pages/{page.id}"
    try:
        refuse(page_problems(sent))
        patch = as_patch(page_document(sent), page)
        services, caller = request.app[SERVICES], request[CALLER]
        await update_booking_page(services, caller, page.id, patch, convert, confirm=is_confirmed(form))
    except Invalid as refusal:
        return await show_form(request, page, sent, by_field(refusal))
    except SlugInUse as refusal:
        return await show_form(request, page, sent, by_field(Invalid(FieldError("slug", refusal.detail))))
    except WouldBreakLinks as refusal:
        return await ask(request, form, refusal, room="pages", action="Save all the same", back=room)
    return lead_to(room, said="saved")
