"""The links for one list of people: `/dashboard/links/many/IMPORT`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.imports.import_view import find_import
from admitone.usecases.links.link_list import list_file_links
from admitone.usecases.links.link_table import file_table
from admitone.usecases.links.people_write import PEOPLE
from admitone.usecases.reports.labels import CHANNELS
from admitone.web.dashboard.csv_file import respond_spreadsheet
from admitone.web.dashboard.imports.import_room import ImportRoom
from admitone.web.dashboard.links.link_rows import link_rows
from admitone.web.dashboard.links.people_start import PATH
from admitone.web.dashboard.links.people_words import STATES, TARGETS
from admitone.web.dashboard.pages.page_names import load_pages
from admitone.web.dashboard.room import more_at
from admitone.web.dashboard.state_names import STATE_NAMES
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.imports.import_view import ImportView

SHOWN = 25


async def _more(request: web.Request, view: ImportView) -> dict[str, Any]:
    """The page of the links, and those that were made so far."""
    services, caller = request.app[SERVICES], request[CALLER]
    cursor = request.query.get("cursor") or None
    found = await list_file_links(services, caller, view.made.id, limit=SHOWN, cursor=cursor)
    page_id = view.file.links.page if view.file and view.file.links else None
    pages = await load_pages(caller, [page_id] if page_id else [])
    return {
        "rows": await link_rows(caller, found.items),
        "more": more_at(request, found),
        "page": pages.get(page_id) if page_id else None,
    }


async def download(request: web.Request) -> web.StreamResponse:
    """Send the links of a list as a table."""
    services, caller = request.app[SERVICES], request[CALLER]
    made = await find_import(PEOPLE, services, caller, request.match_info["id"])
    words = {"status": STATE_NAMES, "channel": CHANNELS}
    return await respond_spreadsheet(request, file_table(services, caller, made.id), "links", words)


ROOM = ImportRoom(
    PEOPLE,
    room="links",
    path=PATH,
    states=STATES,
    targets=TARGETS,
    show="links/people_import",
    columns="links/people_columns",
    more=_more,
)
show = ROOM.show
choose = ROOM.choose
start = ROOM.start
end = ROOM.end
problems = ROOM.problems
