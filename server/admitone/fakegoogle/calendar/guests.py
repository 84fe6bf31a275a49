"""Guests: copies on the calendars of accounts that exist here, answers, and mails to all guests.

https://developers.google.com/workspace/calendar/api/concepts/sharing#inviting_attendees_to_events
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Literal

from admitone.fakegoogle.calendar.event_body import OWN
from admitone.fakegoogle.calendar.store import record
from admitone.fakegoogle.clock import now
from admitone.fakegoogle.records import Invitation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.fakegoogle.records import Calendar, Data, Event

Updates = Literal["all", "externalOnly"]

_OF_THE_COPY = OWN | {"created"}


def is_copy(event: Event, calendar: Calendar) -> bool:
    """Whether the event on `calendar` is a guest's copy, and not the organiser's event."""
    return bool(event["organizer"]["email"] != calendar.id)


def organiser_copy(data: Data, event: Event) -> tuple[Calendar, Event] | None:
    """The organiser's calendar and event for a guest's copy."""
    calendar = data.calendars.get(event["organizer"]["email"])
    original = calendar.events.get(event["id"]) if calendar is not None else None
    return (calendar, original) if calendar is not None and original is not None else None


def spread(data: Data, organiser: Calendar, event: Event) -> list[Calendar]:
    """Update the guests' copies from the organiser's event; return the calendars that changed."""
    guests = {attendee["email"] for attendee in event.get("attendees", ())} - {organiser.id}
    changed = []
    for calendar in data.calendars.values():
        old = calendar.events.get(event["id"])
        if calendar is organiser or not calendar.primary or (old is not None and not is_copy(old, calendar)):
            continue
        is_guest = calendar.id in guests
        if not is_guest and (old is None or old["status"] == "cancelled"):
            continue
        own = {name: value for name, value in (old or {}).items() if name in _OF_THE_COPY}
        shared = {name: value for name, value in event.items() if name not in _OF_THE_COPY}
        fresh = {"created": event["created"], **copy.deepcopy(shared), **own}
        _keep_own_properties(fresh, old)
        if not is_guest:
            fresh["status"] = "cancelled"
        record(data, calendar, fresh)
        changed.append(calendar)
    return changed


def _keep_own_properties(fresh: Event, old: Event | None) -> None:
    """Private extended properties belong to one copy."""
    properties = {**fresh.get("extendedProperties", {})}
    properties.pop("private", None)
    own = (old or {}).get("extendedProperties", {}).get("private")
    if own is not None:
        properties["private"] = own
    if properties:
        fresh["extendedProperties"] = properties
    else:
        fresh.pop("extendedProperties", None)


def answered(event: Event, guest: str, entry: Mapping[str, Any]) -> Event:
    """`event` with the guest's answer and comment from `entry`, and nothing else."""
    fresh = copy.deepcopy(event)
    for attendee in fresh.get("attendees", ()):
        if attendee["email"] == guest:
            for name in ("responseStatus", "comment", "additionalGuests"):
                if name in entry:
                    attendee[name] = entry[name]
    return fresh


def mail_guests(
    data: Data,
    organiser: Calendar,
    before: Event | None,
    after: Event,
    updates: Literal["all", "externalOnly"] | None,
) -> None:
    """Send the mails that `sendUpdates` asks for: to new, remaining and removed guests."""
    if updates is None:
        return
    old = {attendee["email"] for attendee in (before or {}).get("attendees", ())}
    new = {attendee["email"] for attendee in after.get("attendees", ())}
    is_over = after["status"] == "cancelled"
    for email in sorted((old | new) - {organiser.id, organiser.owner}):
        if updates == "externalOnly" and email in data.accounts:
            continue
        data.invitations.append(
            Invitation(
                method="CANCEL" if is_over or email not in new else "REQUEST",
                organizer=organiser.owner,
                to=email,
                event_id=after["id"],
                uid=after["iCalUID"],
                sequence=after["sequence"],
                summary=after.get("summary", ""),
                start=after["start"].get("dateTime") or after["start"]["date"],
                sent=now(),
            )
        )


def updates_asked(parameters: Mapping[str, Any]) -> Updates | None:
    """The value of `sendUpdates`, or of the older `sendNotifications`; by default no mail is sent."""
    asked = parameters.get("sendUpdates")
    if asked is None:
        return "all" if parameters.get("sendNotifications") else None
    return None if asked == "none" else asked
