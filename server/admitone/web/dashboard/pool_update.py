"""POST /dashboard/pools/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid, WouldBreakLinks
from admitone.usecases.config_change import refuse
from admitone.usecases.pool_update import update_pool
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.pool_edit import pool_of, show_form
from admitone.web.dashboard.pool_form import pool_document, pool_problems, read_pool
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Change a pool, or put the members of its form in order."""
    pool = await pool_of(request)
    form = await read_form(request)
    sent = read_pool(form)
    if sent.act:
        return await show_form(request, pool, sent)
    room = f"/dashboard/pools/{pool.id}"
    services, caller = request.app[SERVICES], request[CALLER]
    try:
        refuse(pool_problems(sent))
        document = pool_document(sent)
        await update_pool(services, caller, pool.id, document, convert, confirm=is_confirmed(form))
    except Invalid as refusal:
        return await show_form(request, pool, sent, by_field(refusal))
    except WouldBreakLinks as refusal:
        return await ask(request, form, refusal, room="pages", action="Save all the same", back=room)
    return lead_to(room, said="saved")
