"""GET /api/v1/book/{code}/slots"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.availability import SlotList, SlotQuery
from admitone.usecases.slot_list import list_visit_slots
from admitone.web.appkeys import SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(SlotList, query=SlotQuery)
async def handle(request: web.Request) -> web.Response:
    """List the offered times."""
    services, asked = request.app[SERVICES], query(request, SlotQuery)
    return respond_json(await list_visit_slots(services, request.match_info["code"], asked))
