"""Jobs that failed for good: `/api/v1/jobs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.jobs.job_list import JobView, list_jobs
from admitone.usecases.jobs.job_release import Released, discard_job, retry_job, retry_jobs
from admitone.usecases.shared.listing import Listing, ListQuery
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import no_content, query, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("job_list", Listing[JobView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List what failed for good in the background, newest first, each with its cause."""
    return respond_json(await list_jobs(request.app[SERVICES], request[CALLER], query(request, ListQuery)))


@operation("job_retry_all", Released)
async def retry_all(request: web.Request) -> web.Response:
    """Have all parked jobs tried again."""
    return respond_json(await retry_jobs(request.app[SERVICES], request[CALLER]))


@operation("job_retry", Released)
async def retry(request: web.Request) -> web.Response:
    """Have a parked job tried again."""
    answer = await retry_job(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)


@operation("job_discard", status=204)
async def discard(request: web.Request) -> web.Response:
    """Discard a parked job: it will never be done."""
    await discard_job(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return no_content()
