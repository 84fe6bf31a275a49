"""events.insert, .patch, .update and .delete."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.calendar.event_body import (
    check_sequence,
    check_unchanged,
    checked,
    created,
    merged,
    replaced,
)
from admitone.fakegoogle.calendar.event_view import view
from admitone.fakegoogle.calendar.guests import (
    answered,
    is_copy,
    mail_guests,
    organiser_copy,
    spread,
    updates_asked,
)
from admitone.fakegoogle.calendar.meet import with_conference
from admitone.fakegoogle.calendar.store import calendar_for, record, timestamp
from admitone.fakegoogle.calendar.watch import announce
from admitone.fakegoogle.errors import ApiError, bad_request, not_found

if TYPE_CHECKING:
    from admitone.fakegoogle.api.call import Context
    from admitone.fakegoogle.records import Calendar, Event
    from admitone.fakegoogle.state import State

_BASE32HEX = "0123456789abcdefghijklmnopqrstuv"
_ID = re.compile(r"[0-9a-v]{5,1024}")


def insert(context: Context) -> Event:
    """Insert an event. Ids are never reused in a calendar, not even those of deleted events."""
    calendar = _calendar(context)
    body = {name: value for name, value in context.body.items() if value is not None}
    event_id = body.get("id") or "".join(secrets.choice(_BASE32HEX) for _ in range(26))
    if not _ID.fullmatch(event_id):
        raise bad_request("Invalid resource id value.")
    uid = body.get("iCalUID") or f"{event_id}@google.com"
    if event_id in calendar.events or any(event["iCalUID"] == uid for event in calendar.events.values()):
        raise ApiError(409, "duplicate", "The requested identifier already exists.")
    event = checked(created(body), calendar)
    if event["status"] == "cancelled":
        raise bad_request("Invalid value for: an event cannot be inserted as cancelled")
    event |= {"id": event_id, "iCalUID": uid, "created": timestamp()}
    event |= {"creator": {"email": context.account}, "organizer": _organizer(calendar)}
    version = context.parameters.get("conferenceDataVersion", 0)
    event = with_conference(event, None, body, calendar, version=version, replaces=True)
    return _keep(context, calendar, None, event)


def patch(context: Context) -> Event:
    """Change the properties in the body; the others stay."""
    return _change(context, replaces=False)


def update(context: Context) -> Event:
    """Replace the event's properties with those in the body."""
    return _change(context, replaces=True)


def delete(context: Context) -> None:
    """Cancel an event; a guest who deletes their copy declines the event."""
    calendar = _calendar(context)
    before = _existing(context, calendar)
    if before["status"] == "cancelled":
        raise ApiError(410, "deleted", "Resource has been deleted")
    if is_copy(before, calendar):
        declined = answered(before, calendar.id, {"responseStatus": "declined"})
        _answer_organiser(context, calendar, declined)
        record(context.state.data, calendar, {**declined, "status": "cancelled"})
        announce(context.state, calendar)
        return
    _keep(context, calendar, before, {**before, "status": "cancelled"})


def _change(context: Context, *, replaces: bool) -> Event:
    calendar = _calendar(context)
    before = _existing(context, calendar)
    after = checked((replaced if replaces else merged)(before, context.body), calendar)
    if is_copy(before, calendar) and not before.get("guestsCanModify"):
        return _change_own_copy(context, calendar, before, after)
    check_sequence(before, after)
    version = context.parameters.get("conferenceDataVersion", 0)
    after = with_conference(after, before, context.body, calendar, version=version, replaces=replaces)
    if is_copy(before, calendar):
        original = organiser_copy(context.state.data, before)
        if original is not None:
            _keep(context, original[0], original[1], {**original[1], **after})
        return view(calendar.events[before["id"]], calendar, context.parameters)
    return _keep(context, calendar, before, after)


def _change_own_copy(context: Context, calendar: Calendar, before: Event, after: Event) -> Event:
    """A guest's change: the answer is passed to the organiser's event, the rest stays on their copy."""
    check_unchanged(before, after)
    entries = [one for one in after.get("attendees", ()) if one["email"] == calendar.id]
    fresh = answered(before, calendar.id, entries[0] if entries else {})
    fresh |= {name: after[name] for name in ("colorId", "reminders", "transparency") if name in after}
    record(context.state.data, calendar, fresh)
    announce(context.state, calendar)
    _answer_organiser(context, calendar, fresh)
    return view(calendar.events[before["id"]], calendar, context.parameters)


def _answer_organiser(context: Context, guest: Calendar, copy: Event) -> None:
    original = organiser_copy(context.state.data, copy)
    entries = [one for one in copy.get("attendees", ()) if one["email"] == guest.id]
    if original is None or not entries:
        return
    calendar, event = original
    fresh = answered(event, guest.id, entries[0])
    if fresh != event:
        record(context.state.data, calendar, fresh)
        _spread(context.state, calendar, fresh)


def _keep(context: Context, calendar: Calendar, before: Event | None, after: Event) -> Event:
    record(context.state.data, calendar, after)
    _spread(context.state, calendar, after)
    mail_guests(context.state.data, calendar, before, after, updates_asked(context.parameters))
    return view(after, calendar, context.parameters)


def _spread(state: State, calendar: Calendar, event: Event) -> None:
    for changed in (calendar, *spread(state.data, calendar, event)):
        announce(state, changed)


def _calendar(context: Context) -> Calendar:
    return calendar_for(context.state.data, context.account, context.parameters["calendarId"], "writer")


def _existing(context: Context, calendar: Calendar) -> Event:
    event = calendar.events.get(context.parameters["eventId"])
    if event is None:
        raise not_found()
    expected = context.headers.get("if-match")
    if expected not in (None, "*", event["etag"]):
        raise ApiError(
            412,
            "conditionNotMet",
            "Precondition Failed",
            location="If-Match",
            location_type="header",
        )
    return event


def _organizer(calendar: Calendar) -> dict[str, Any]:
    if calendar.primary:
        return {"email": calendar.id}
    return {"email": calendar.id, "displayName": calendar.summary}
