"""Resource pools: `/dashboard/pools`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.pages.pool import PoolBody
from admitone.texts.message import message
from admitone.usecases.pages.pools import POOLS
from admitone.usecases.shared.records import all_records
from admitone.usecases.times.booking_queue import pool_queues
from admitone.web.dashboard.form_parts import OneLine
from admitone.web.dashboard.pages.order_form import MembersPart, at_rows
from admitone.web.dashboard.pages.page_choices import chosen_rows, page_choices
from admitone.web.dashboard.record_room import RecordRoom, find_record
from admitone.web.dashboard.room import show_room
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.web.dashboard.struct_form import FormValues


async def show_list(request: web.Request) -> web.Response:
    """List resource pools."""
    pools = await all_records(request.app[SERVICES], request[CALLER], POOLS)
    return await show_room(request, "pages/pools", {"room": "pages", "part": "pools", "pools": pools})


async def show(request: web.Request) -> web.Response:
    """Show a pool: its members in order, and who is next in each master page that uses it."""
    services, caller = request.app[SERVICES], request[CALLER]
    pool = await find_record(request, POOLS)
    members = [(member.page, str(member.priority)) for member in pool.members]
    rows, _ = chosen_rows(request, await page_choices(request), members)
    queues = await pool_queues(services, caller, pool)
    context = {"room": "pages", "pool": pool, "rows": rows, "queues": queues}
    return await show_room(request, "pages/pool", context)


async def _blank(_request: web.Request) -> PoolBody:
    return PoolBody(name="", method="round_robin", members=[])


async def _context(request: web.Request, values: FormValues, errors: Mapping[str, str]) -> dict[str, Any]:
    """The booking pages to choose from."""
    rows, others = chosen_rows(request, await page_choices(request), values["members"].rows)
    return {"rows": rows, "others": others, "errors": at_rows(errors)}


ROOM = RecordRoom(
    kind=POOLS,
    path="/dashboard/pools",
    room="pages",
    list_name=message("Pools"),
    template="pages/pool_form",
    form=StructForm(PoolBody, {"name": OneLine(), "members": MembersPart()}),
    blank=_blank,
    context=_context,
)
show_new = ROOM.show_new
create = ROOM.create
show_edit = ROOM.show_edit
update = ROOM.update
delete = ROOM.delete
