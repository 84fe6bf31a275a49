"""The list of contacts: `/dashboard/contacts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.contacts.contact_list import ContactQuery, list_contacts
from admitone.usecases.contacts.contact_read import list_tags
from admitone.web.dashboard.room import more_at, show_room
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

PATH = "/dashboard/contacts"
SHOWN = 25
MOST_TAGS = 200
"""Tags that are suggested: those of most contacts."""


async def show(request: web.Request) -> web.Response:
    """List contacts, newest first; the address holds every filter."""
    services, caller = request.app[SERVICES], request[CALLER]
    query = _query(request)
    found = await list_contacts(services, caller, query)
    tags = sorted((await list_tags(services, caller)).tags, key=lambda each: -each.contacts)
    context = {
        "room": "contacts",
        "query": query,
        "contacts": found.items,
        "tags": sorted(each.tag for each in tags[:MOST_TAGS]),
        "is_filtered": bool(query.tag or query.q),
        "is_start": query.cursor is None,
        "more": more_at(request, found),
    }
    return await show_room(request, "contacts/contact_list", context)


def _query(request: web.Request) -> ContactQuery:
    """The query string of the list."""
    asked = request.query
    return ContactQuery(
        q=asked.get("q", "").strip() or None,
        tag=asked.get("tag", "").strip() or None,
        limit=SHOWN,
        cursor=asked.get("cursor") or None,
    )
