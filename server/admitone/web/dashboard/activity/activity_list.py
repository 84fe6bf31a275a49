"""What happened, newest first: `/dashboard/activity`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from admitone.domain.activity.entry import order_of
from admitone.domain.people.user_names import names_apart
from admitone.store.records.activity import read_newest
from admitone.usecases.accounts.own_zone import own_zone
from admitone.usecases.activity.activity_list import ActivityFilter, ActivityQuery, list_activity
from admitone.usecases.activity.activity_view import ActivityView
from admitone.usecases.activity.unread import read_mark, see_newest
from admitone.usecases.shared.ownership import sees_all
from admitone.usecases.shared.records import all_stored
from admitone.web.dashboard.activity.kind_names import GROUPS
from admitone.web.dashboard.pages.page_names import all_pages, page_path
from admitone.web.dashboard.room import more_at, show_room
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.html import date_text
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

PATH = "/dashboard/activity"
SHOWN = 30
FILTERS = ("kind", "page", "host", "workflow")
HISTORIES = ("link", "booking", "contact")
KINDS = {kind for _, kinds in GROUPS for kind in kinds}


class Row(msgspec.Struct, frozen=True):
    """One entry; `room` is the address of what it is about, None if that is gone."""

    entry: ActivityView
    room: str | None
    is_new: bool
    """Whether the caller has not seen it before."""


async def show(request: web.Request) -> web.Response:
    """List what happened; the address holds every filter. Seeing the newest entries moves the mark."""
    services, caller = request.app[SERVICES], request[CALLER]
    query = _query(request)
    zone = await own_zone(services, caller)
    newest = await read_newest(services.store, caller.workspace)
    found = await list_activity(services, caller, query, date_text(reader_of(request, "dashboard"), zone))
    mark, is_unread = await read_mark(services, caller)
    pages = await all_pages(services, caller)
    chosen = {name: value for name in (*FILTERS, *HISTORIES) if (value := getattr(query, name))}
    is_start = query.cursor is None
    if is_start and not chosen and request.method == "GET":
        await see_newest(services, caller, newest)
        is_unread = False
    context = {
        "room": "activity",
        "zone": zone,
        "query": query,
        "rows": _rows(found.items, mark, {page.id: page_path(page) for page in pages}),
        "groups": GROUPS,
        "pages": pages,
        "users": [*names_apart(await all_stored(services, caller, "user")).items()]
        if await sees_all(caller)
        else [],
        "workflows": await all_stored(services, caller, "workflow"),
        "history": next((name for name in HISTORIES if name in chosen), None),
        "is_filtered": bool(chosen),
        "is_start": is_start,
        "is_unread": is_unread,
        "stream": _stream(query, newest) if is_start else None,
        "more": more_at(request, found),
    }
    return await show_room(request, "activity/activity_list", context)


def _query(request: web.Request) -> ActivityQuery:
    """The query string of the list."""
    asked = request.query
    kind = asked.get("kind", "")
    return ActivityQuery(
        kind=kind if kind in KINDS else None,
        **{name: asked.get(name) or None for name in (*FILTERS[1:], *HISTORIES)},
        limit=SHOWN,
        cursor=asked.get("cursor") or None,
    )


def _stream(query: ActivityQuery, newest: str) -> str | None:
    """The address that tells further entries of the list; None for a history of one record."""
    if any(getattr(query, name) for name in HISTORIES):
        return None
    chosen = {name: getattr(query, name) for name in ActivityFilter.__struct_fields__}
    asked = {"after": newest} | {name: value for name, value in chosen.items() if value}
    return f"/api/v1/activity/stream?{urlencode(asked)}"


def _rows(entries: list[ActivityView], mark: str, pages: Mapping[str, str]) -> list[Row]:
    return [Row(entry, _room(entry, pages), is_new=order_of(entry.id) > order_of(mark)) for entry in entries]


def _room(entry: ActivityView, pages: Mapping[str, str]) -> str | None:
    """The room of what an entry is about: the first of these that it has."""
    for name, path in (
        ("booking", "/dashboard/bookings"),
        ("link", "/dashboard/links"),
        ("contact", "/dashboard/contacts"),
        ("workflow", "/dashboard/workflows"),
    ):
        if found := getattr(entry, name):
            return f"{path}/{found}"
    return pages.get(entry.page or "")
