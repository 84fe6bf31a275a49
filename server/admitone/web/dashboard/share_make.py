"""POST /dashboard/share"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import FieldError, Invalid, OneTimeNotOffered, invalid
from admitone.domain.link import LinkBody
from admitone.usecases.link_create import create_link
from admitone.usecases.page_list import list_shared_pages
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import SentForm, by_field, read_form
from admitone.web.dashboard.share import demand_page, show_share
from admitone.web.dashboard.views import plain

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.page_list import SharedPage

PATH = "/dashboard/share"


async def handle(request: web.Request) -> web.Response:
    """Make a one-time link, or point to the page's general link, where the switch is off."""
    services, caller = request.app[SERVICES], request[CALLER]
    form = await read_form(request)
    page = demand_page(await list_shared_pages(services, caller), form.text("page"))
    try:
        if not form.is_on("one_time"):
            return _general(page)
        link = plain(await create_link(services, caller, convert(_document(form), LinkBody)))
    except Invalid as refusal:
        return await show_share(request, page.id, by_field(refusal), form.fields)
    except OneTimeNotOffered as refusal:
        problem = Invalid(FieldError("one_time", refusal.detail))
        return await show_share(request, page.id, by_field(problem), form.fields)
    return lead_to(PATH, page=page.id, event_type=form.text("event_type"), made=link["id"])


def _general(page: SharedPage) -> web.Response:
    if not page.general_link:
        raise invalid("one_time", "This page's general link is switched off. Make a one-time link instead.")
    return lead_to(PATH, page=page.id, general="1")


def _document(form: SentForm) -> dict[str, Any]:
    document: dict[str, Any] = {"page": form.text("page"), "channel": "dashboard", "note": form.text("note")}
    if event_type := form.text("event_type"):
        document["event_type"] = event_type
    if form.is_on("personalise"):
        document["person"] = {"name": form.text("name"), "email": form.text("email")}
    return document
