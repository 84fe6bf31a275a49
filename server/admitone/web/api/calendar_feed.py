"""The caller's calendar feed: `/api/v1/me/calendar-feed`, and what programs read at `/calendar/TOKEN.ics`."""

from __future__ import annotations

from aiohttp import web

from admitone.usecases.calendar_feed.feed_read import read_feed_at
from admitone.usecases.calendar_feed.own_feed import FeedBody, FeedView, remove_feed, show_feed, write_feed
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import no_content, read_json, respond_json
from admitone.web.openapi.operation import operation

FILE_HEADERS = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Content-Disposition": 'inline; filename="bookings.ics"',
}


@operation("me_calendar_feed_get", FeedView)
async def get(request: web.Request) -> web.Response:
    """Show your calendar feed."""
    return respond_json(await show_feed(request.app[SERVICES], request[CALLER]))


@operation("me_calendar_feed_put", FeedView, body=FeedBody)
async def put(request: web.Request) -> web.Response:
    """Make your calendar feed, or change what it tells; an existing one keeps its address."""
    body = await read_json(request, FeedBody)
    return respond_json(await write_feed(request.app[SERVICES], request[CALLER], body))


@operation("me_calendar_feed_delete", status=204)
async def delete(request: web.Request) -> web.Response:
    """End your calendar feed; its address stops at once."""
    await remove_feed(request.app[SERVICES], request[CALLER])
    return no_content()


async def show(request: web.Request) -> web.Response:
    """Send a user's bookings to a calendar program, unless nothing has changed since it last read them.

    The ETag is weak (RFC 9110, 8.8.3), because each file says when it was drawn. The program may keep the
    file, which it must compare before it uses it again.
    """
    feed = await read_feed_at(request.app[SERVICES], request.match_info["token"])
    headers = {"ETag": f'W/"{feed.etag}"', "Cache-Control": "private, no-cache"}
    if any(known.value in {feed.etag, "*"} for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    return web.Response(body=await feed.draw(), headers=headers | FILE_HEADERS)
