"""An event as a caller sees it."""

from __future__ import annotations

import base64
import copy
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from admitone.fakegoogle.calendar.times import checked_zone, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.fakegoogle.records import Calendar, Event


def view(event: Event, calendar: Calendar, parameters: Mapping[str, Any]) -> Event:
    """The `Event` resource of `event` on `calendar`, with the caller's `timeZone` and `maxAttendees`."""
    where = checked_zone(parameters["timeZone"]) if "timeZone" in parameters else ZoneInfo(calendar.time_zone)
    seen = copy.deepcopy(event)
    for which in ("start", "end"):
        seen[which] = shown(seen[which], where, calendar.time_zone)
    for role in ("creator", "organizer"):
        if seen[role]["email"] == calendar.id:
            seen[role]["self"] = True
    if "attendees" in seen:
        seen["attendees"] = _attendees(seen, calendar, parameters.get("maxAttendees"))
        if len(seen["attendees"]) < len(event["attendees"]):
            seen["attendeesOmitted"] = True
    eid = base64.urlsafe_b64encode(f"{event['id']} {calendar.id}".encode()).rstrip(b"=").decode()
    return {
        "kind": "calendar#event",
        **seen,
        "htmlLink": f"https://www.google.com/calendar/event?eid={eid}",
        "reminders": seen.get("reminders", {"useDefault": True}),
        "eventType": seen.get("eventType", "default"),
    }


def _attendees(event: Event, calendar: Calendar, limit: int | None) -> list[dict[str, Any]]:
    attendees = event["attendees"]
    for attendee in attendees:
        if attendee["email"] == event["organizer"]["email"]:
            attendee["organizer"] = True
        if attendee["email"] == calendar.id:
            attendee["self"] = True
    if limit is not None and len(attendees) > limit:
        # As documented: if there are more, only the caller's own entry is returned.
        return [attendee for attendee in attendees if attendee.get("self")]
    return list(attendees)
