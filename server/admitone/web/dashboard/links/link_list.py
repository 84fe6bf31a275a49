"""The list of one-time links: `/dashboard/links`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args
from urllib.parse import urlencode

from admitone.domain.links.link import Channel, LinkState
from admitone.texts.message import message
from admitone.usecases.links.link_list import LinkQuery, list_links
from admitone.usecases.links.link_table import listed_table
from admitone.usecases.reports.labels import CHANNELS
from admitone.web.dashboard.csv_file import respond_spreadsheet
from admitone.web.dashboard.links.link_rows import link_rows
from admitone.web.dashboard.only_filters import only_filters
from admitone.web.dashboard.pages.page_names import all_pages
from admitone.web.dashboard.room import download_at, more_at, show_room, with_query
from admitone.web.dashboard.state_names import STATE_NAMES
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web


SHOWN = 25
PASSING = frozenset({"said", "ticked", "cursor"})
"""Parameters of the address that are no filters."""
STATES = {
    LinkState.ACTIVE: message("Active"),
    LinkState.BOOKED: message("Booked"),
    LinkState.REVOKED: message("Revoked"),
    LinkState.EXPIRED: message("Expired"),
    LinkState.UNAVAILABLE: message("Unavailable"),
}
"""The names of a link's states."""


async def show(request: web.Request) -> web.Response:
    """List links, newest first; the address holds every filter."""
    services, caller = request.app[SERVICES], request[CALLER]
    query = _query(request)
    found = await list_links(services, caller, query)
    rows = await link_rows(caller, found.items)
    states = [(None, message("All")), *((state.value, STATES[state]) for state in LinkState)]
    tabs = [
        (state, name, with_query(request, status=state, cursor=None, ticked=None)) for state, name in states
    ]
    context = {
        "room": "links",
        "query": query,
        "rows": rows,
        "can_tick": any(row.may_extend for row in rows),
        "are_ticked": "ticked" in request.query,
        "tick_all": with_query(request, ticked="all"),
        "filters": urlencode([pair for pair in request.query.items() if pair[0] not in PASSING]),
        "pages": await all_pages(services, caller),
        "states": tabs,
        "only": await only_filters(request, "event_type", "channel", "workflow", "domain"),
        "is_filtered": query != LinkQuery(limit=SHOWN, cursor=query.cursor),
        "is_start": query.cursor is None,
        "more": more_at(request, found),
        "download": download_at(request),
    }
    return await show_room(request, "links/link_list", context)


async def download(request: web.Request) -> web.StreamResponse:
    """Send the whole list, with its filters, as a table."""
    table = listed_table(request.app[SERVICES], request[CALLER], _query(request))
    return await respond_spreadsheet(request, table, "links", {"status": STATE_NAMES, "channel": CHANNELS})


def _query(request: web.Request) -> LinkQuery:
    """The query string of the list."""
    asked = request.query
    status, channel = asked.get("status"), asked.get("channel")
    return LinkQuery(
        status=LinkState(status) if status in set(LinkState) else None,
        page=asked.get("page") or None,
        event_type=asked.get("event_type") or None,
        channel=cast("Channel", channel) if channel in get_args(Channel) else None,
        workflow=asked.get("workflow") or None,
        domain=asked.get("domain") or None,
        created_by=request[CALLER].user.id if asked.get("mine") else None,
        q=asked.get("q", "").strip() or None,
        limit=SHOWN,
        cursor=asked.get("cursor") or None,
    )
