"""calendarList.list and calendarList.get: the calendars that an account sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.api.paging import PageToken, decode, encode
from admitone.fakegoogle.calendar.store import role_of
from admitone.fakegoogle.errors import bad_request, not_found, not_implemented

if TYPE_CHECKING:
    from admitone.fakegoogle.api.call import Context
    from admitone.fakegoogle.records import Calendar, Data

MAX_RESULTS = 250
DEFAULT_RESULTS = 100
_RANKS = {"freeBusyReader": 1, "reader": 2, "writerWithoutPrivateAccess": 3, "writer": 3, "owner": 4}


def list_calendars(context: Context) -> dict[str, Any]:
    """The account's own calendars, its primary one first, and those shared with it."""
    data, parameters = context.state.data, context.parameters
    if "syncToken" in parameters:
        raise not_implemented("sync tokens of calendar lists")
    needed = _RANKS[parameters.get("minAccessRole", "freeBusyReader")]
    listed = [
        calendar
        for calendar in data.calendars.values()
        if calendar.owner == context.account or context.account in calendar.others
    ]
    entries = [_entry(data, context.account, calendar) for calendar in listed]
    entries = [entry for entry in entries if _RANKS[entry["accessRole"]] >= needed]
    offset = _offset(context)
    limit = min(parameters.get("maxResults", DEFAULT_RESULTS), MAX_RESULTS)
    answer: dict[str, Any] = {
        "kind": "calendar#calendarList",
        "etag": f'"p{data.changes}"',
        "items": entries[offset : offset + limit],
    }
    if offset + limit < len(entries):
        answer["nextPageToken"] = encode(PageToken(of=context.account, offset=offset + limit, at=0, query=""))
    return answer


def get(context: Context) -> dict[str, Any]:
    """One entry of that list."""
    data, calendar_id = context.state.data, context.parameters["calendarId"]
    calendar = data.calendars.get(context.account if calendar_id == "primary" else calendar_id)
    if calendar is None or not (calendar.owner == context.account or context.account in calendar.others):
        raise not_found()
    return _entry(data, context.account, calendar)


def _entry(data: Data, account: str, calendar: Calendar) -> dict[str, Any]:
    entry = {
        "kind": "calendar#calendarListEntry",
        "etag": f'"{calendar.id}"',
        "id": calendar.id,
        "summary": calendar.summary,
        "timeZone": calendar.time_zone,
        "colorId": "14",
        "backgroundColor": "#9fe1e7",
        "foregroundColor": "#000000",
        "selected": True,
        "accessRole": role_of(data, account, calendar),
        "defaultReminders": [{"method": "popup", "minutes": 10}] if calendar.primary else [],
        "conferenceProperties": {"allowedConferenceSolutionTypes": calendar.conferences},
    }
    if calendar.primary and calendar.owner == account:
        entry["primary"] = True
    return entry


def _offset(context: Context) -> int:
    if "pageToken" not in context.parameters:
        return 0
    token = decode(context.parameters["pageToken"], PageToken)
    if token is None or token.of != context.account:
        raise bad_request("Invalid page token value.", location="pageToken")
    return token.offset
