"""freebusy.query: when calendars are busy, without saying why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.api.schema import is_date_time
from admitone.fakegoogle.calendar.store import role_of
from admitone.fakegoogle.calendar.times import checked_zone, instants, parse_instant, show_instant
from admitone.fakegoogle.errors import bad_request, time_range_empty

if TYPE_CHECKING:
    import datetime
    from zoneinfo import ZoneInfo

    from admitone.fakegoogle.api.call import Context
    from admitone.fakegoogle.records import Calendar, Event

    Interval = tuple[datetime.datetime, datetime.datetime]

MAX_CALENDARS = 50


def query(context: Context) -> dict[str, Any]:
    """The busy intervals of each calendar that was asked for, or the error that prevents reading it."""
    body = {name: value for name, value in context.body.items() if value is not None}
    for name in ("timeMin", "timeMax"):
        if name not in body:
            raise bad_request(f"Missing {name} parameter.", reason="required", location=name)
        if not is_date_time(body[name]):
            raise bad_request("Bad Request", reason="badRequest", location=name)
    first, last = (parse_instant(body[name]) for name in ("timeMin", "timeMax"))
    if first >= last:
        raise time_range_empty()
    where = checked_zone(body.get("timeZone", "UTC"))
    asked = [item.get("id") or "" for item in body.get("items", ())]
    allowed = body.get("calendarExpansionMax", MAX_CALENDARS)
    if not 1 <= allowed <= MAX_CALENDARS:
        raise bad_request("Invalid calendarExpansionMax.", location="calendarExpansionMax")
    return {
        "kind": "calendar#freeBusy",
        "timeMin": show_instant(first),
        "timeMax": show_instant(last),
        "calendars": {
            calendar_id: _busy(context, calendar_id, (first, last), where)
            if index < allowed
            else _error("tooManyCalendarsRequested")
            for index, calendar_id in enumerate(dict.fromkeys(asked))
        },
    }


def _busy(context: Context, calendar_id: str, span: Interval, where: ZoneInfo) -> dict[str, Any]:
    data = context.state.data
    calendar = data.calendars.get(context.account if calendar_id == "primary" else calendar_id)
    if calendar is None or role_of(data, context.account, calendar) is None:
        return _error("notFound")
    intervals = [
        instants(event, calendar.time_zone) for event in calendar.events.values() if _blocks(event, calendar)
    ]
    return {
        "busy": [
            {"start": show_instant(start, where), "end": show_instant(end, where)}
            for start, end in join(_clipped(intervals, span))
        ]
    }


def _blocks(event: Event, calendar: Calendar) -> bool:
    """The busy events: not cancelled, not shown as free, not declined by the calendar's owner."""
    declined = any(
        one["email"] == calendar.id and one["responseStatus"] == "declined"
        for one in event.get("attendees", ())
    )
    is_free = event.get("transparency") == "transparent" or event.get("eventType") == "workingLocation"
    return event["status"] != "cancelled" and not is_free and not declined


def _clipped(intervals: list[Interval], span: Interval) -> list[Interval]:
    first, last = span
    return sorted(
        (max(start, first), min(end, last)) for start, end in intervals if start < last and end > first
    )


def join(intervals: list[Interval]) -> list[Interval]:
    """Sorted intervals; those that overlap or touch are joined."""
    joined: list[Interval] = []
    for start, end in intervals:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _error(reason: str) -> dict[str, Any]:
    return {"errors": [{"domain": "global", "reason": reason}], "busy": []}
