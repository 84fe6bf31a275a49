"""Mail the manage link once more: `/.CODE/resend`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from admitone.domain.errors import TooManyRequests
from admitone.usecases.bookings.manage_link_request import request_manage_link
from admitone.web.customer.form_body import read_form
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.connections.network_limit import count_miss
from admitone.web.http.html import respond_page

if TYPE_CHECKING:
    from aiohttp import web


async def resend(request: web.Request) -> web.Response:
    """Mail the manage link if this address booked; the answer is the same in every case."""
    fields = await read_form(request)
    address, email = f".{request.match_info['code']}", fields.get("email", "")
    if not await request_manage_link(request.app[SERVICES], address, email):
        with suppress(TooManyRequests):  # a 429 would tell that the code is wrong: other routes answer it
            await count_miss(request, is_durable=True)
    return respond_page(request, "customer/resent.html", {}, status=202)
