"""API keys: `/dashboard/settings/api-keys`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.domain.people.scopes import EVERYTHING
from admitone.texts.message import message
from admitone.usecases.accounts.api_key_create import issue_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody, NewApiKeyView, delete_api_key, list_api_keys
from admitone.usecases.accounts.users import user_names
from admitone.usecases.shared.listing import ListQuery
from admitone.web.dashboard.room import lead_to, more_at, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from aiohttp import web

    from admitone.domain.people.scopes import Area, Scope


PATH = "/dashboard/settings/api-keys"
FORM = StructForm(ApiKeyBody)
AREA_NAMES: Mapping[Area, str] = {
    "links": message("Links"),
    "bookings": message("Bookings"),
    "pages": message("Pages, event types and pools"),
    "contacts": message("Contacts"),
    "workflows": message("Workflows"),
    "reports": message("Activity and reports"),
    "settings": message("Settings, users, keys, webhooks"),
}


def may(scopes: Collection[Scope]) -> str:
    """What a key with these scopes may do, in a word; empty if it may do everything."""
    if set(scopes) >= set(EVERYTHING):
        return ""
    return message("Some areas") if set(scopes) & set(EVERYTHING) else message("Reads only")


async def show(request: web.Request) -> web.Response:
    """List API keys, and offer to create one."""
    return await show_keys(request)


async def show_keys(
    request: web.Request,
    *,
    made: NewApiKeyView | None = None,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The room; `made` is the key that was just created, which only this answer shows."""
    services, caller = request.app[SERVICES], request[CALLER]
    found = await list_api_keys(services, caller, ListQuery(cursor=request.query.get("cursor") or None))
    context = {
        "room": "settings",
        "part": "api-keys",
        "keys": found.items,
        "names": await user_names(caller, [key.user for key in found.items]),
        "areas": AREA_NAMES,
        "may": {key.id: may(key.scopes) for key in found.items},
        "made": made,
        "values": values or FORM.values(ApiKeyBody(label="")),
        "errors": errors or {},
        "more": more_at(request, found),
    }
    return await show_room(request, "accounts/api_keys", context, status=422 if errors else 200)


async def create(request: web.Request) -> web.Response:
    """Create an API key. Only this answer shows it."""
    values, document = FORM.read(await read_form(request))
    try:
        body = convert(document, ApiKeyBody)
        made = await issue_api_key(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await show_keys(request, values=values, errors=by_field(refusal))
    return await show_keys(request, made=made)


async def delete(request: web.Request) -> web.Response:
    """Delete an API key."""
    await delete_api_key(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="key-deleted")
