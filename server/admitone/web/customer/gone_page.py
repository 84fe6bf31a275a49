"""The page of a link that cannot be booked. It shows no names, since the link is no longer valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.customer.booked_cookie import booked_token
from admitone.web.customer.see_other import lead_to_manage
from admitone.web.http.html import respond_page
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.errors import Refusal


def respond_gone(request: web.Request, link: str | None, refusal: Refusal) -> web.Response:
    """The page with 410; the browser that booked by the link is redirected to its booking instead."""
    if link is not None and (token := booked_token(request, link)):
        return lead_to_manage(token)
    context = {"sentence": refusal.detail, "action": f"{request.path}/resend"}
    return respond_page(request, "customer/gone.html", context, status=STATUS[type(refusal)])
