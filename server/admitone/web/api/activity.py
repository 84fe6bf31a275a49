"""The activity: `/api/v1/activity`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.domain.people.reader import reader_for
from admitone.texts.catalogues import ENGLISH
from admitone.usecases.accounts.own_zone import own_zone
from admitone.usecases.activity.activity_list import ActivityQuery, list_activity
from admitone.usecases.activity.activity_view import ActivityView
from admitone.usecases.activity.unread import Seen, mark_seen
from admitone.usecases.shared.listing import Listing
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import no_content, query, read_json, respond_json
from admitone.web.http.html import date_text
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.date_text import DateText


@operation("activity_list", Listing[ActivityView], query=ActivityQuery, refuses=(NotFound,))
async def list_(request: web.Request) -> web.Response:
    """List what happened, newest first, in English sentences; a member sees what concerns them."""
    services, caller = request.app[SERVICES], request[CALLER]
    asked = query(request, ActivityQuery)
    return respond_json(await list_activity(services, caller, asked, await program_clock(request)))


@operation("activity_seen", body=Seen, status=204)
async def seen(request: web.Request) -> web.Response:
    """Note up to which entry the caller has seen the activity; the mark never goes back."""
    body = await read_json(request, Seen)
    await mark_seen(request.app[SERVICES], request[CALLER], body.id)
    return no_content()


async def program_clock(request: web.Request) -> DateText:
    """How the API writes dates in sentences: in English, in the caller's own zone."""
    zone = await own_zone(request.app[SERVICES], request[CALLER])
    return date_text(reader_for([ENGLISH], part="dashboard"), zone)
