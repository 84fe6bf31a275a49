"""POST /dashboard/settings/jobs/{id}/retry"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.job_release import retry_job
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.jobs import PATH
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Have a parked job tried again."""
    await retry_job(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="job-retried")
