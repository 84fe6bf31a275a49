"""POST /.{code}/resend"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LinkNotFound
from admitone.usecases.manage_link_request import request_manage_link
from admitone.usecases.visit import open_visit
from admitone.web.appkeys import SERVICES
from admitone.web.html import respond_page
from admitone.web.pages.form_body import read_form
from admitone.web.pages.visit_address import visit_address

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Have the manage link mailed if the address booked; the answer is the same whatever holds."""
    services, fields = request.app[SERVICES], await read_form(request)
    try:
        visit = await open_visit(services, visit_address(request))
        await request_manage_link(services, visit, fields.get("email", ""))
    except LinkNotFound:
        pass  # guessing codes here tells nothing
    return respond_page(request, "resent.html", {}, status=202)
