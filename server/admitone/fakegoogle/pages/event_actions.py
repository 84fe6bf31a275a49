"""The forms on an account's page: delete an event, or move it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aiohttp import web

from admitone.fakegoogle.api.call import act_as
from admitone.fakegoogle.appkeys import STATE
from admitone.fakegoogle.calendar.times import instants
from admitone.fakegoogle.errors import ApiError
from admitone.fakegoogle.guard import check_origin

if TYPE_CHECKING:
    from collections.abc import Sequence


async def delete(request: web.Request) -> web.Response:
    """POST `…/delete`: cancel the event; for a guest, decline it."""
    check_origin(request)
    return _act(request, "calendar.events.delete", {})


async def move(request: web.Request) -> web.Response:
    """POST `…/move` `start=2026-03-02T09:00`, in the calendar's zone: move the event; it keeps its length."""
    check_origin(request)
    calendar = request.app[STATE].data.calendars.get(request.match_info["calendar"])
    event = calendar.events.get(request.match_info["event"]) if calendar is not None else None
    if calendar is None or event is None or "date" in event["start"]:
        raise web.HTTPNotFound
    starts, ends = instants(event, calendar.time_zone)
    try:
        wall = datetime.datetime.fromisoformat(str((await request.post()).get("start", "")))
        start = wall.replace(tzinfo=ZoneInfo(calendar.time_zone)).astimezone(datetime.UTC)
        end = start + (ends - starts)
    except (ValueError, OverflowError):
        raise web.HTTPBadRequest(text="That is not a time.\n") from None
    times = {"start": {"dateTime": start.isoformat()}, "end": {"dateTime": end.isoformat()}}
    return _act(request, "calendar.events.patch", times)


def _act(request: web.Request, method: str, body: dict[str, Any]) -> web.Response:
    account = request.match_info["account"]
    parameters = {
        "calendarId": request.match_info["calendar"],
        "eventId": request.match_info["event"],
        "sendUpdates": "all",
    }
    try:
        act_as(request.app[STATE], account, method, parameters, body, origin=str(request.url.origin()))
    except ApiError as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from None
    raise web.HTTPSeeOther(f"/accounts/{account}")


_EVENT = "/accounts/{account}/calendars/{calendar}/events/{event}"
ROUTES: Sequence[web.RouteDef] = (
    web.post(f"{_EVENT}/delete", delete),
    web.post(f"{_EVENT}/move", move),
)
