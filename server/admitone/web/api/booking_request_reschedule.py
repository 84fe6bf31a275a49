"""POST /api/v1/bookings/{booking}/request-reschedule"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import RescheduleRequest
from admitone.usecases.reschedule_request import RescheduleRequested, request_reschedule
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json_or, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(RescheduleRequested, body=RescheduleRequest, body_is_optional=True)
async def handle(request: web.Request) -> web.Response:
    """Cancel the booking, and mail its customer a fresh one-time link."""
    body = await read_json_or(request, RescheduleRequest())
    return respond_json(await request_reschedule(request.app[SERVICES], request[CALLER], body))
