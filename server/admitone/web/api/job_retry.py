"""POST /api/v1/jobs/{id}/retry"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.job_release import Released, retry_job
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Released)
async def handle(request: web.Request) -> web.Response:
    """Have a parked job tried again."""
    answer = await retry_job(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)
