"""Mails that are held because a budget is used up: `/api/v1/held-mails`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.mail.held_mail import HeldMailView, list_held_mails
from admitone.usecases.shared.listing import Listing, ListQuery
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("held_mail_list", Listing[HeldMailView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List the mails that are held because a budget is used up, or that lapsed after a day, newest first."""
    found = await list_held_mails(request.app[SERVICES], request[CALLER], query(request, ListQuery))
    return respond_json(found)
