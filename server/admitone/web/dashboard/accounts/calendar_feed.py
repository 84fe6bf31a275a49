"""The user's calendar feed: `/dashboard/settings/calendar-feed`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.calendar_feed.own_feed import (
    FeedBody,
    remove_feed,
    replace_feed,
    show_feed,
    write_feed,
)
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

PATH = "/dashboard/settings/calendar-feed"


async def show(request: web.Request) -> web.Response:
    """Show the feed's address, or offer to make one."""
    feed = await show_feed(request.app[SERVICES], request[CALLER])
    context = {"room": "settings", "part": "calendar-feed", "feed": feed}
    return await show_room(request, "accounts/calendar_feed", context)


async def update(request: web.Request) -> web.Response:
    """Make the feed, or change what it tells."""
    form = await read_form(request)
    await write_feed(request.app[SERVICES], request[CALLER], FeedBody(details=bool(form.text("details"))))
    return lead_to(PATH, said="saved")


async def replace(request: web.Request) -> web.Response:
    """Give the feed another address."""
    await replace_feed(request.app[SERVICES], request[CALLER])
    return lead_to(PATH, said="feed-replaced")


async def delete(request: web.Request) -> web.Response:
    """End the feed."""
    await remove_feed(request.app[SERVICES], request[CALLER])
    return lead_to(PATH, said="feed-deleted")
