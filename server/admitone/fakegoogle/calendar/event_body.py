"""The writable properties of an event: merged, checked and completed as Calendar does."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.calendar.times import stored_times
from admitone.fakegoogle.errors import ApiError, bad_request, not_implemented

if TYPE_CHECKING:
    from admitone.fakegoogle.records import Calendar, Event

# Everything else in the resource is read-only. In a body it is ignored, as Google does.
SHARED = frozenset(
    (
        *("anyoneCanAddSelf", "attachments", "attendees", "description", "end", "extendedProperties"),
        *("gadget", "guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests", "location"),
        *("recurrence", "sequence", "source", "start", "status", "summary", "visibility"),
    )
)
OWN = frozenset(("colorId", "eventLabelId", "reminders", "transparency"))  # of one copy
ONCE = frozenset(
    (
        *("birthdayProperties", "eventType", "focusTimeProperties", "outOfOfficeProperties"),
        *("workingLocationProperties", "privateCopy"),
    )
)
VALUES = {
    "status": ("confirmed", "tentative", "cancelled"),
    "transparency": ("opaque", "transparent"),
    "visibility": ("default", "public", "private", "confidential"),
    "eventType": ("default", "outOfOffice", "focusTime", "workingLocation", "fromGmail", "birthday"),
}
RESPONSES = ("needsAction", "declined", "tentative", "accepted")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]+")
_MAX_REMINDERS = 5
_MAX_REMINDER_MINUTES = 40320


def merged(event: Event, body: dict[str, Any]) -> Event:
    """`event` patched with `body`: objects are merged, null removes, other values replace."""
    result = copy.deepcopy(event)
    for name, value in body.items():
        if name not in SHARED | OWN:
            continue
        _merge(result, name, value)
    return result


def replaced(event: Event, body: dict[str, Any]) -> Event:
    """`event` with exactly the writable properties of `body`."""
    kept = {name: value for name, value in event.items() if name not in SHARED | OWN}
    kept |= {name: event[name] for name in ("status", "sequence") if name in event}
    return merged(kept, body)


def created(body: dict[str, Any]) -> Event:
    """A new event's writable properties."""
    once = {name: without_nulls(body[name]) for name in ONCE if body.get(name) is not None}
    return merged(once, body)


def checked(event: Event, calendar: Calendar) -> Event:
    """`event` with its times and attendees in the stored form. Raises `ApiError` (400) for invalid values."""
    if event.get("recurrence"):
        raise not_implemented("recurring events")
    for name, values in VALUES.items():
        if name in event and event[name] not in values:
            raise bad_request(f"Invalid value for: {event[name]!r} is not a valid {name}")
    _check_reminders(event.get("reminders", {}))
    event |= stored_times(event, calendar.time_zone)
    if "attendees" in event:
        event["attendees"] = _attendees(event["attendees"])
    event.setdefault("status", "confirmed")
    event.setdefault("sequence", 0)
    return event


def check_sequence(before: Event, after: Event) -> None:
    """Raise the sequence if the time changed. Raises `ApiError` (400) if the client would lower it."""
    if after["sequence"] < before["sequence"]:
        raise bad_request(
            "Invalid sequence value. The specified sequence number is below the current sequence number of"
            " the resource. Re-fetch the resource and use its sequence number on the following request."
        )
    moved = any(before[which] != after[which] for which in ("start", "end"))
    if moved and after["sequence"] == before["sequence"]:
        after["sequence"] += 1


def check_unchanged(before: Event, after: Event) -> None:
    """Raise `ApiError` (403) if a guest changes more than their own entry and comment."""
    for name in SHARED - {"attendees", "sequence", "extendedProperties"}:
        if before.get(name) != after.get(name):
            raise ApiError(
                403,
                "forbiddenForNonOrganizer",
                "Shared properties can only be changed by the organizer of the event.",
                domain="calendar",
            )


def _merge(target: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        target.pop(name, None)
    elif isinstance(value, dict):
        inner = target.get(name)
        target[name] = inner = dict(inner) if isinstance(inner, dict) else {}
        for below, item in value.items():
            _merge(inner, below, item)
    else:
        target[name] = without_nulls(value)


def without_nulls(value: Any) -> Any:
    """A deep copy without null values: in a request, null means "not given"."""
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def _attendees(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    attendees: dict[str, dict[str, Any]] = {}
    for one in given:
        email = one.get("email") or ""
        if not _ADDRESS.fullmatch(email):
            raise bad_request("Invalid attendee email.")
        attendee = {name: value for name, value in one.items() if name not in ("self", "organizer")}
        attendee |= {"email": email.lower(), "responseStatus": one.get("responseStatus") or "needsAction"}
        if attendee["responseStatus"] not in RESPONSES:
            raise bad_request("Invalid response status.")
        attendees[attendee["email"]] = attendee
    return list(attendees.values())


def _check_reminders(reminders: dict[str, Any]) -> None:
    overrides = reminders.get("overrides") or []
    if overrides and reminders.get("useDefault"):
        raise bad_request("Cannot specify both default reminders and overrides at the same time.")
    if len(overrides) > _MAX_REMINDERS:
        raise bad_request("Too many override reminders.")
    for reminder in overrides:
        if reminder.get("method") not in ("email", "popup"):
            raise bad_request("Invalid reminder method.")
        if not 0 <= reminder.get("minutes", -1) <= _MAX_REMINDER_MINUTES:
            raise bad_request("Invalid reminder minutes.")
