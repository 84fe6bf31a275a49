"""GET /dashboard/pools/{id}/edit"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_change import existing
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.page_choices import chosen_rows, page_choices
from admitone.web.dashboard.pool_form import pool_as_form
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.pool import Pool
    from admitone.web.dashboard.pool_form import PoolForm


async def handle(request: web.Request) -> web.Response:
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
    return await show(request, "pool_form", context, status=422 if errors else 200)


async def pool_of(request: web.Request) -> Pool:
    """The pool that the address names; raises NotFound."""
    pool: Pool = await existing(request[CALLER], "pool", request.match_info["id"])
    return pool
