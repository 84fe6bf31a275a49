"""Event times: checked as Calendar checks them, stored in UTC, shown in the requested time zone.

https://developers.google.com/workspace/calendar/api/concepts/events-calendars#time_zones
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from admitone.fakegoogle.errors import bad_request, time_range_empty

if TYPE_CHECKING:
    from admitone.fakegoogle.records import Event

Point = dict[str, Any]

_FIRST_YEAR, _LAST_YEAR = 2, 9998  # so that every time zone can show the time


def zone(name: str) -> ZoneInfo | None:
    """The time zone with this IANA name, or None if there is none."""
    return _zone(name) if name and len(name) < 100 else None  # noqa: PLR2004


def checked_zone(name: str) -> ZoneInfo:
    """The time zone that a parameter names. Raises `ApiError` (400) for an unknown name."""
    found = zone(name)
    if found is None:
        raise bad_request("Invalid time zone.", location="timeZone")
    return found


def parse_instant(text: str) -> datetime.datetime:
    """The instant of an RFC 3339 date-time with an offset, in UTC."""
    return datetime.datetime.fromisoformat(text.upper()).astimezone(datetime.UTC)


def show_instant(instant: datetime.datetime, where: datetime.tzinfo = datetime.UTC) -> str:
    """RFC 3339, in seconds; UTC is written as `Z`."""
    return instant.astimezone(where).isoformat(timespec="seconds").replace("+00:00", "Z")


def stored_times(event: Event, own_zone: str) -> dict[str, Point]:
    """`start` and `end` of an event in the stored form. Raises `ApiError` (400) for invalid values."""
    start, end = (_stored(event.get(which), which, own_zone) for which in ("start", "end"))
    if ("date" in start) != ("date" in end):
        raise bad_request("Start and end times must either both be date or both be dateTime.")
    # An all-day event of zero days is refused; a meeting of zero minutes is not.
    is_empty = end["date"] <= start["date"] if "date" in start else end["dateTime"] < start["dateTime"]
    if is_empty:
        raise time_range_empty()
    return {"start": start, "end": end}


def shown(point: Point, where: ZoneInfo, own_zone: str) -> Point:
    """A stored time as answers show it."""
    if "date" in point:
        return point
    return {
        "dateTime": show_instant(parse_instant(point["dateTime"]), where),
        "timeZone": point.get("timeZone", own_zone),
    }


def instants(event: Event, own_zone: str) -> tuple[datetime.datetime, datetime.datetime]:
    """Start and end in UTC; an all-day event lasts from midnight to midnight in the calendar's zone."""
    start, end = (_instant(event[which], own_zone) for which in ("start", "end"))
    return start, end


def _instant(point: Point, own_zone: str) -> datetime.datetime:
    if "date" in point:
        midnight = datetime.datetime.fromisoformat(point["date"])
        return midnight.replace(tzinfo=zone(own_zone)).astimezone(datetime.UTC)
    return parse_instant(point["dateTime"])


def _stored(point: Point | None, which: str, own_zone: str) -> Point:
    point = {name: value for name, value in (point or {}).items() if value is not None}
    if not point.keys() & {"date", "dateTime"}:
        raise bad_request(f"Missing {which} time.", reason="required")
    if {"date", "dateTime"} <= point.keys():
        raise bad_request(f"Invalid {which} time.")
    name = point.get("timeZone")
    if name is not None and zone(name) is None:
        raise bad_request(f"Invalid time zone definition for {which} time.")
    wall = datetime.datetime.fromisoformat((point.get("date") or point["dateTime"]).upper())
    if not _FIRST_YEAR <= wall.year <= _LAST_YEAR:
        raise bad_request(f"Invalid {which} time.")
    if "date" in point:
        return {"date": point["date"]}
    if wall.tzinfo is None:
        if name is None:
            raise bad_request(f"Missing time zone definition for {which} time.", reason="required")
        wall = wall.replace(tzinfo=zone(name))
    return {"dateTime": show_instant(wall), "timeZone": name or own_zone}


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
