"""POST /dashboard/settings/jobs/retry"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.job_release import retry_jobs
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.jobs import PATH
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Have all parked jobs tried again."""
    await retry_jobs(request.app[SERVICES], request[CALLER])
    return lead_to(PATH, said="jobs-retried")
