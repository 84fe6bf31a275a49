"""GET /dashboard/settings/api-keys"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.api_key_list import list_api_keys
from admitone.usecases.config_list import ListQuery
from admitone.usecases.user_names import user_names
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import show, with_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """List API keys, and offer to make one."""
    return await show_keys(request)


async def show_keys(
    request: web.Request,
    *,
    made: Mapping[str, Any] | None = None,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The room; `made` is the key that was just made, which is shown this once."""
    services, caller = request.app[SERVICES], request[CALLER]
    found = await list_api_keys(services, caller, ListQuery(cursor=request.query.get("cursor") or None))
    context = {
        "room": "settings",
        "part": "api-keys",
        "keys": found.items,
        "names": await user_names(caller, [key.user for key in found.items]),
        "made": made,
        "values": values or {"label": "", "scope": "write"},
        "errors": errors or {},
        "more": with_query(request, cursor=found.next_cursor) if found.next_cursor else None,
    }
    return await show(request, "api_keys", context, status=422 if errors else 200)
