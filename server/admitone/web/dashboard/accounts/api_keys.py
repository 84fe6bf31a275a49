"""API keys: `/dashboard/settings/api-keys`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.usecases.accounts.api_key_create import issue_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody, delete_api_key, list_api_keys
from admitone.usecases.accounts.users import user_names
from admitone.usecases.shared.listing import ListQuery
from admitone.web.dashboard.room import lead_to, show_room, with_query
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


async def show(request: web.Request) -> web.Response:
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
    return await show_room(request, "api_keys", context, status=422 if errors else 200)


async def create(request: web.Request) -> web.Response:
    """Make an API key; this answer shows it, and no address does."""
    form = await read_form(request)
    values = {"label": form.text("label"), "scope": form.text("scope")}
    try:
        body = convert(values, ApiKeyBody)
        made = await issue_api_key(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await show_keys(request, values=values, errors=by_field(refusal))
    return await show_keys(request, made=plain(made))


async def delete(request: web.Request) -> web.Response:
    """Delete an API key."""
    await delete_api_key(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to("/dashboard/settings/api-keys", said="key-deleted")
