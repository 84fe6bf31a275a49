"""POST /dashboard/links/{link}"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import Invalid
from admitone.domain.link import LinkPatch
from admitone.usecases.link_update import update_link
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.link import path_of, show_link
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import SentForm, by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Change when a link expires, its note, what cancelling does."""
    form = await read_form(request)
    path = path_of(request)
    try:
        await update_link(request.app[SERVICES], request[CALLER], convert(_document(form), LinkPatch))
    except Invalid as refusal:
        return await show_link(request, by_field(refusal), form.fields)
    return lead_to(path, said="saved")


def _document(form: SentForm) -> dict[str, Any]:
    """Only what was chosen: an expiry that is left as it is does not begin to count anew."""
    document: dict[str, Any] = {"note": form.text("note"), "on_cancel": form.text("on_cancel")}
    expiry = form.text("expiry")
    if expiry == "never":
        document["expires_in_days"] = None
    elif expiry == "days":
        document["expires_in_days"] = form.needed_number("expires_in_days")
    form.refuse()
    return document
