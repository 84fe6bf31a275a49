"""POST /dashboard/settings/jobs/{id}/discard"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.job_release import discard_job
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.jobs import PATH
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Discard a parked job, where the box beside the button is ticked: nothing brings it back."""
    form = await read_form(request)
    if not form.is_on("sure"):
        return lead_to(PATH, said="job-kept")
    await discard_job(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="job-discarded")
