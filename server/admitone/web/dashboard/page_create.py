"""POST /dashboard/pages"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking_page import BookingPageBody
from admitone.domain.errors import FieldError, Invalid, SlugInUse
from admitone.usecases.booking_page_create import create_booking_page
from admitone.usecases.config_change import refuse
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.page_edit import show_form
from admitone.web.dashboard.page_form import page_document, page_problems, read_page
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Create a booking page."""
    sent = read_page(await read_form(request))
    try:
        refuse(page_problems(sent))
        body = convert(page_document(sent), BookingPageBody)
        made = plain(await create_booking_page(request.app[SERVICES], request[CALLER], body))
    except Invalid as refusal:
        return await show_form(request, None, sent, by_field(refusal))
    except SlugInUse as refusal:
        return await show_form(request, None, sent, by_field(Invalid(FieldError("slug", refusal.detail))))
    return lead_to(f"/dashboard/pages/{made['id']}", said="created")
