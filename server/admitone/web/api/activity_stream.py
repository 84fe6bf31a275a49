"""The activity live: `/api/v1/activity/stream`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from admitone.domain.activity.entry import is_entry_id
from admitone.domain.errors import Busy, Refusal
from admitone.store.redis.usage import begin_usage
from admitone.usecases.activity.activity_list import ActivityFilter, shown_to
from admitone.usecases.activity.activity_view import ActivityView, view_entries
from admitone.web.api.activity import program_clock
from admitone.web.http.appkeys import CALLER, LISTENERS, SERVICES
from admitone.web.http.body import query
from admitone.web.http.event_stream import EventStream
from admitone.web.http.guard import admitted_again
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from admitone.domain.activity.entry import Entry
    from admitone.usecases.activity.listeners import Listener

BEAT = 15.0
"""Seconds after which something is sent, so that no proxy takes the connection for dead."""
LOOKED_AT_AGAIN = 60.0
"""Seconds after which the credential is looked at again, if nothing has happened."""


class StreamQuery(ActivityFilter, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which entries, as in the list. `after` is the place to begin, where no `Last-Event-ID` can be sent."""

    after: str | None = None


@operation("activity_stream", ActivityView, query=StreamQuery, media_type="text/event-stream")
async def stream(request: web.Request) -> web.StreamResponse:
    """Follow the activity by server-sent events: each `entry` as in the list; `reset` if a part is gone."""
    caller, asked = request[CALLER], query(request, StreamQuery)
    events = EventStream(request)
    if request.method == "HEAD":
        return await events.begin()
    after = request.headers.get("Last-Event-ID") or asked.after
    is_known = after is not None and is_entry_id(after)
    listeners = request.app[LISTENERS]
    listener = await listeners.join(caller.workspace, caller.user.id, after if is_known else None)
    try:
        response = await events.begin()
        await events.beat(listener.place)
        if after and not is_known:
            await events.send("reset", None, listener.place)
        await _follow(request, events, listener, asked)
        if listener.is_displaced:
            await events.send("close", None, listener.place)
    except ConnectionError:
        pass  # the client has gone
    finally:
        listeners.leave(listener)
    return response


async def _follow(
    request: web.Request, events: EventStream, listener: Listener, asked: ActivityFilter
) -> None:
    """Send what happens, until the listener ends or the credential does.

    It also ends if Redis does not answer while there are news: the client comes back with its place.
    """
    clock = asyncio.get_running_loop().time
    looked_at = clock()
    while not listener.has_ended:
        news = await listener.next(BEAT)
        if news != () or clock() - looked_at >= LOOKED_AT_AGAIN:
            begin_usage()  # each time as for a request of its own
            try:
                request[CALLER] = await admitted_again(request)
                views = await _views(request, news or (), asked)
            except Refusal as refusal:
                if news == () and isinstance(refusal, Busy):
                    continue
                return
            looked_at = clock()
            for view in views:
                await events.send("entry", view, view.id)
        if news is None:
            await events.send("reset", None, listener.place)
        await events.beat(listener.place)


async def _views(request: web.Request, news: Sequence[Entry], asked: ActivityFilter) -> list[ActivityView]:
    """Those of the entries that were asked for and that the caller sees."""
    services, caller = request.app[SERVICES], request[CALLER]
    is_shown = await shown_to(caller)
    shown = [entry for entry in news if is_shown(entry) and asked.matches(entry)]
    return await view_entries(services, caller, shown, await program_clock(request)) if shown else []
