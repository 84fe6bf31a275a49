"""Resource pools: `/dashboard/pools`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid, WouldBreakLinks
from admitone.domain.pages.pool import PoolBody
from admitone.usecases.pages.pools import POOLS
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.records import all_records, change_record, create_record, read_record
from admitone.usecases.times.booking_queue import pool_queues
from admitone.web.dashboard.confirm import ask, delete_or_ask, is_confirmed
from admitone.web.dashboard.pages.page_choices import chosen_rows, page_choices
from admitone.web.dashboard.pages.pool_form import (
    PoolForm,
    pool_as_form,
    pool_document,
    pool_problems,
    read_pool,
)
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.pages.pool import Pool


async def show_list(request: web.Request) -> web.Response:
    """List resource pools."""
    pools = await all_records(request.app[SERVICES], request[CALLER], POOLS)
    return await show_room(request, "pools", {"room": "pages", "part": "pools", "pools": pools})


async def create(request: web.Request) -> web.Response:
    """Create a pool, or put the members of its form in order."""
    sent = read_pool(await read_form(request))
    if sent.act:
        return await show_form(request, None, sent)
    try:
        refuse(pool_problems(sent))
        body = convert(pool_document(sent), PoolBody)
        made = plain(await create_record(request.app[SERVICES], request[CALLER], POOLS, body))
    except Invalid as refusal:
        return await show_form(request, None, sent, by_field(refusal))
    return lead_to(f"/dashboard/pools/{made['id']}", said="created")


async def show_new(request: web.Request) -> web.Response:
    """Show the form of a new pool."""
    return await show_form(request, None, PoolForm())


async def show(request: web.Request) -> web.Response:
    """Show a pool: its members in order, and whose turn it is wherever it is used."""
    services, caller = request.app[SERVICES], request[CALLER]
    pool = await pool_of(request)
    members = [(member.page, str(member.priority)) for member in pool.members]
    rows, _ = chosen_rows(await page_choices(services, caller), members)
    context = {
        "room": "pages",
        "pool": pool,
        "rows": rows,
        "queues": await pool_queues(services, caller, pool),
    }
    return await show_room(request, "pool", context)


async def update(request: web.Request) -> web.Response:
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
        await change_record(services, caller, POOLS, pool.id, document, confirm=is_confirmed(form))
    except Invalid as refusal:
        return await show_form(request, pool, sent, by_field(refusal))
    except WouldBreakLinks as refusal:
        return await ask(request, form, refusal, room="pages", action="Save all the same", back=room)
    return lead_to(room, said="saved")


async def show_edit(request: web.Request) -> web.Response:
    """Show the form of a pool."""
    pool = await pool_of(request)
    return await show_form(request, pool, pool_as_form(pool))


async def show_form(
    request: web.Request, pool: Pool | None, form: PoolForm, errors: Mapping[str, str] | None = None
) -> web.Response:
    """The form of `pool`, None for a new one; with `errors` by field after it was refused."""
    choices = await page_choices(request.app[SERVICES], request[CALLER])
    rows, others = chosen_rows(choices, form.members)
    context = {
        "room": "pages",
        "pool": pool,
        "form": form,
        "values": {"name": form.name},
        "errors": {field.removesuffix(".page"): message for field, message in (errors or {}).items()},
        "rows": rows,
        "others": others,
    }
    return await show_room(request, "pool_form", context, status=422 if errors else 200)


async def pool_of(request: web.Request) -> Pool:
    """The pool that the address names; raises NotFound."""
    return await read_record(request[CALLER], POOLS, request.match_info["id"])


async def delete(request: web.Request) -> web.Response:
    """Delete a pool."""
    return await delete_or_ask(request, POOLS, room="pages", list_at="/dashboard/pools")
