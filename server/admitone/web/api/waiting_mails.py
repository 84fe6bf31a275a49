"""Mails that wait because nothing can send them: `/api/v1/waiting-mails`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.mail.waiting_mail import WaitingMailView, list_waiting_mails
from admitone.usecases.shared.listing import Listing, ListQuery
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("waiting_mail_list", Listing[WaitingMailView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List the mails about the caller's bookings that nothing can send yet, the soonest booking first."""
    found = await list_waiting_mails(request.app[SERVICES], request[CALLER], query(request, ListQuery))
    return respond_json(found)
