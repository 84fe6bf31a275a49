"""Mail the manage link once more: `/.CODE/resend`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LinkNotFound
from admitone.usecases.bookings.manage_link_request import request_manage_link
from admitone.usecases.links.visit import open_visit
from admitone.web.customer.form_body import read_form
from admitone.web.customer.visit_address import visit_address
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.html import respond_page

if TYPE_CHECKING:
    from aiohttp import web


async def resend(request: web.Request) -> web.Response:
    """Mail the manage link if this address booked; the answer is the same in every case."""
    services, fields = request.app[SERVICES], await read_form(request)
    try:
        visit = await open_visit(services, visit_address(request))
        await request_manage_link(services, visit, fields.get("email", ""))
    except LinkNotFound:
        pass  # the same answer, so that guessing codes here tells nothing
    return respond_page(request, "customer/resent.html", {}, status=202)
