"""GET /api/v1/manage/{token}/slots"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.availability import SlotList, SlotQuery
from admitone.usecases.booking_reschedule import list_reschedule_slots
from admitone.web.appkeys import SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(SlotList, query=SlotQuery)
async def handle(request: web.Request) -> web.Response:
    """List the times that a booking may be moved to."""
    services, asked = request.app[SERVICES], query(request, SlotQuery)
    return respond_json(await list_reschedule_slots(services, request.match_info["token"], asked))
