"""POST /api/v1/jobs/retry"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.job_release import Released, retry_jobs
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Released)
async def handle(request: web.Request) -> web.Response:
    """Have all parked jobs tried again."""
    return respond_json(await retry_jobs(request.app[SERVICES], request[CALLER]))
