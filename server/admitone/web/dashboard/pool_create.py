"""POST /dashboard/pools"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.domain.pool import PoolBody
from admitone.usecases.config_change import refuse
from admitone.usecases.pool_create import create_pool
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.pool_edit import show_form
from admitone.web.dashboard.pool_form import pool_document, pool_problems, read_pool
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Create a pool, or put the members of its form in order."""
    sent = read_pool(await read_form(request))
    if sent.act:
        return await show_form(request, None, sent)
    try:
        refuse(pool_problems(sent))
        body = convert(pool_document(sent), PoolBody)
        made = plain(await create_pool(request.app[SERVICES], request[CALLER], body))
    except Invalid as refusal:
        return await show_form(request, None, sent, by_field(refusal))
    return lead_to(f"/dashboard/pools/{made['id']}", said="created")
