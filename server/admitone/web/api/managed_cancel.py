"""POST /api/v1/manage/{token}/cancel"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import Reason
from admitone.usecases.booking_cancel import cancel_by_customer
from admitone.usecases.booking_view import ManageView
from admitone.web.appkeys import SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(ManageView, body=Reason)
async def handle(request: web.Request) -> web.Response:
    """Cancel as the customer, within the policy."""
    body = await read_json(request, Reason)
    token = request.match_info["token"]
    return respond_json(await cancel_by_customer(request.app[SERVICES], token, body.reason))
