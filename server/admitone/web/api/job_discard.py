"""DELETE /api/v1/jobs/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.job_release import discard_job
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import no_content
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(status=204)
async def handle(request: web.Request) -> web.Response:
    """Discard a parked job: it will never be done."""
    await discard_job(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return no_content()
