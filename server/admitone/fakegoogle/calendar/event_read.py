"""events.get and events.list, with pages and sync tokens.

https://developers.google.com/workspace/calendar/api/guides/sync
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.fakegoogle.api.paging import PageToken, SyncToken, decode, encode
from admitone.fakegoogle.calendar.event_view import view
from admitone.fakegoogle.calendar.store import calendar_for, role_of, timestamp
from admitone.fakegoogle.calendar.times import checked_zone, instants, parse_instant
from admitone.fakegoogle.errors import ApiError, bad_request, not_found, time_range_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from admitone.fakegoogle.api.call import Context
    from admitone.fakegoogle.records import Calendar, Event

MAX_RESULTS = 2500
NOT_WITH_SYNC_TOKEN = (
    *("iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty"),
    *("timeMin", "timeMax", "updatedMin"),
)


def get(context: Context) -> Event:
    """One event; a deleted event has the status cancelled."""
    calendar = calendar_for(context.state.data, context.account, context.parameters["calendarId"], "reader")
    event = calendar.events.get(context.parameters["eventId"])
    if event is None:
        raise not_found()
    return view(event, calendar, context.parameters)


def list_events(context: Context) -> dict[str, Any]:
    """The events of a calendar that the parameters select, or those that changed since a sync token."""
    data, parameters = context.state.data, context.parameters
    calendar = calendar_for(data, context.account, parameters["calendarId"], "reader")
    since = _since(calendar, parameters)
    page = _page(calendar, parameters, data.changes)
    selected = [
        event
        for event in calendar.events.values()
        if since < calendar.changed[event["id"]] <= page.at and _selects(event, calendar, parameters)
    ]
    selected.sort(key=_order(calendar, parameters))
    limit = min(parameters["maxResults"], MAX_RESULTS)
    shown = selected[page.offset : page.offset + limit]
    answer = {
        "kind": "calendar#events",
        "etag": f'"p{data.changes}"',
        "summary": calendar.summary,
        "updated": max((event["updated"] for event in calendar.events.values()), default=timestamp()),
        "timeZone": str(checked_zone(parameters.get("timeZone", calendar.time_zone))),
        "accessRole": role_of(data, context.account, calendar),
        "defaultReminders": [{"method": "popup", "minutes": 10}],
        "items": [view(event, calendar, parameters) for event in shown],
    }
    if page.offset + limit < len(selected):
        answer["nextPageToken"] = encode(msgspec.structs.replace(page, offset=page.offset + limit))
    elif "orderBy" not in parameters:
        answer["nextSyncToken"] = encode(SyncToken(of=calendar.id, at=page.at))
    return answer


def _since(calendar: Calendar, parameters: dict[str, Any]) -> int:
    """The number of the last change that the client knows."""
    if "syncToken" not in parameters:
        return 0
    for name in NOT_WITH_SYNC_TOKEN:
        if name in parameters:
            raise bad_request(f"Cannot specify {name} together with sync token.", location=name)
    if parameters.get("showDeleted") is False:
        raise bad_request("Cannot set showDeleted to false together with sync token.", location="showDeleted")
    token = decode(parameters["syncToken"], SyncToken)
    if token is None or token.of != calendar.id:
        raise bad_request("Invalid sync token value.", location="syncToken")
    if token.at < calendar.sync_floor:
        raise ApiError(
            410,
            "fullSyncRequired",
            "Sync token is no longer valid, a full sync is required.",
            domain="calendar",
            location="syncToken",
        )
    return token.at


def _page(calendar: Calendar, parameters: dict[str, Any], changes: int) -> PageToken:
    query = repr(sorted((name, value) for name, value in parameters.items() if name not in _PAGING))
    if "pageToken" not in parameters:
        return PageToken(of=calendar.id, offset=0, at=changes, query=query)
    token = decode(parameters["pageToken"], PageToken)
    if token is None or token.of != calendar.id or token.query != query:
        raise bad_request("Invalid page token value.", location="pageToken")
    return token


_PAGING = ("pageToken", "maxResults", "fields", "prettyPrint", "quotaUser")


def _selects(event: Event, calendar: Calendar, parameters: dict[str, Any]) -> bool:
    shows_deleted = parameters.get("showDeleted") or "syncToken" in parameters or "updatedMin" in parameters
    if event["status"] == "cancelled" and not shows_deleted:
        return False
    starts, ends = instants(event, calendar.time_zone)
    private, shared = (event.get("extendedProperties", {}).get(kind, {}) for kind in ("private", "shared"))
    return (
        ("timeMin" not in parameters or ends > parse_instant(parameters["timeMin"]))
        and ("timeMax" not in parameters or starts < parse_instant(parameters["timeMax"]))
        and (
            "updatedMin" not in parameters
            or parse_instant(event["updated"]) >= parse_instant(parameters["updatedMin"])
        )
        and parameters.get("iCalUID") in (None, event["iCalUID"])
        and ("eventTypes" not in parameters or event.get("eventType", "default") in parameters["eventTypes"])
        and _has(private, parameters.get("privateExtendedProperty", ()))
        and _has(shared, parameters.get("sharedExtendedProperty", ()))
        and _mentions(event, parameters.get("q"))
    )


def _has(properties: dict[str, str], wanted: Iterable[str]) -> bool:
    pairs = (one.partition("=") for one in wanted)
    return all(properties.get(name) == value for name, _, value in pairs)


def _mentions(event: Event, words: str | None) -> bool:
    texts = [event.get(name, "") for name in ("summary", "description", "location")]
    texts += [
        value for one in event.get("attendees", ()) for value in (one["email"], one.get("displayName", ""))
    ]
    everything = " ".join(texts).lower()
    return all(word in everything for word in (words or "").lower().split())


def _order(calendar: Calendar, parameters: dict[str, Any]) -> Callable[[Event], Any]:
    if "timeMin" in parameters and "timeMax" in parameters:
        first, last = (parse_instant(parameters[name]) for name in ("timeMin", "timeMax"))
        if first >= last:
            raise time_range_empty()
    match parameters.get("orderBy"):
        case "startTime" if not parameters.get("singleEvents"):
            raise bad_request("The requested ordering is not available for the particular query.")
        case "startTime":
            return lambda event: (instants(event, calendar.time_zone), event["id"])
        case _:
            return lambda event: calendar.changed[event["id"]]
