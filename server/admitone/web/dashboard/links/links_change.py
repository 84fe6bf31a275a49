"""Revoke or extend the links that were ticked in the list: `/dashboard/links/change`.

The first form asks, the second one acts. Both can be sent again: nothing is done twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from admitone.domain import tokens
from admitone.domain.documents import convert
from admitone.domain.errors import Invalid, NotFound
from admitone.domain.links.link import LinkPatch
from admitone.texts.message import message
from admitone.usecases.links.link_read import read_link_views
from admitone.usecases.links.links_change import extend_links, revoke_links
from admitone.web.dashboard.confirm import is_confirmed
from admitone.web.dashboard.links.link_rows import link_rows
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.links.links_change import ChangedLink
    from admitone.web.dashboard.links.link_rows import LinkRow
    from admitone.web.dashboard.sent_form import SentForm

PATH = "/dashboard/links"
MOST = 500
"""Links that are changed by one form at most: many more than anybody ticks."""
ACTIONS = ("revoke", "extend")
USUAL_DAYS = 30
"""Days that are proposed where the workspace's links do not expire."""


async def change(request: web.Request) -> web.Response:
    """Ask what shall become of the ticked links, or do it once that is confirmed."""
    form = await read_form(request)
    ids = [link for link in dict.fromkeys(form.texts("link")) if tokens.is_address(link)][:MOST]
    if form.text("do") not in ACTIONS:
        raise NotFound
    if not ids:
        return lead_to(PATH, **dict(_filters(form)) | {"said": "no-link-ticked"})
    if not is_confirmed(form):
        return await _ask(request, form, ids)
    try:
        changed = await _apply(request, form, ids)
    except Invalid as refusal:
        return await _ask(request, form, ids, by_field(refusal))
    return await _tell(request, form, changed)


async def _apply(request: web.Request, form: SentForm, ids: list[str]) -> list[ChangedLink]:
    services, caller = request.app[SERVICES], request[CALLER]
    if form.text("do") == "revoke":
        return await revoke_links(services, caller, ids)
    is_never = form.text("expiry") == "never"
    days = None if is_never else form.number("expires_in_days", required=True) or 0
    form.refuse()
    return await extend_links(services, caller, ids, convert({"expires_in_days": days}, LinkPatch))


async def _ask(
    request: web.Request, form: SentForm, ids: list[str], errors: Mapping[str, str] | None = None
) -> web.Response:
    """The links by name, and the button that acts; with `errors` by field if the form was refused."""
    settings = await request[CALLER].snapshot.settings()
    values = {"expiry": "days", "expires_in_days": settings.link_expiry_days or USUAL_DAYS}
    context = {
        **_context(form),
        "rows": await _rows(request, ids),
        "values": form.fields if errors else values,
        "errors": errors or {},
    }
    return await show_room(request, "links/links_change", context, status=422 if errors else 200)


async def _tell(request: web.Request, form: SentForm, changed: list[ChangedLink]) -> web.Response:
    """How many links were changed, and of the others why not."""
    left = {one.id: one.why_not for one in changed if one.why_not is not None}
    rows = {row.link.id: row.title for row in await _rows(request, list(left))}
    gone = message("A link that was deleted")
    context = {
        **_context(form),
        "done": len(changed) - len(left),
        "left": [(link, rows.get(link, gone), why_not) for link, why_not in left.items()],
    }
    return await show_room(request, "links/links_changed", context)


async def _rows(request: web.Request, ids: list[str]) -> list[LinkRow]:
    caller = request[CALLER]
    return await link_rows(caller, await read_link_views(request.app[SERVICES], caller, ids))


def _context(form: SentForm) -> dict[str, Any]:
    filters = urlencode(_filters(form))
    return {
        "room": "links",
        "do": form.text("do"),
        "filters": filters,
        "list_path": f"{PATH}?{filters}" if filters else PATH,
        "path": f"{PATH}/change",
    }


def _filters(form: SentForm) -> list[tuple[str, str]]:
    """The filters of the list in which the links were ticked."""
    return parse_qsl(form.text("filters"))
