"""GET /api/v1/jobs"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery
from admitone.usecases.job_list import JobView, list_jobs
from admitone.usecases.listing import Page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import query, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[JobView], query=ListQuery)
async def handle(request: web.Request) -> web.Response:
    """List what failed for good in the background, newest first, each with its cause."""
    return respond_json(await list_jobs(request.app[SERVICES], request[CALLER], query(request, ListQuery)))
