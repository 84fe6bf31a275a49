"""POST /api/v1/manage/{token}/reschedule"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import Move
from admitone.usecases.booking_reschedule import reschedule_by_customer
from admitone.usecases.booking_view import ManageView
from admitone.web.appkeys import SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(ManageView, body=Move)
async def handle(request: web.Request) -> web.Response:
    """Move the booking as the customer, within the policy."""
    move = await read_json(request, Move)
    token = request.match_info["token"]
    return respond_json(await reschedule_by_customer(request.app[SERVICES], token, move))
