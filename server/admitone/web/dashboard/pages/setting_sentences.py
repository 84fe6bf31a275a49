"""The settings of event types and pages as sentences that hosts read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.availability import distribution
from admitone.domain.availability.case import Dates, RollingDays
from admitone.web.dashboard.spans import span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.availability.schedule import Window
    from admitone.domain.bookings.policy import Permission, Policy
    from admitone.domain.pages.event_type import EventTypeValues, Location

METHODS = {method: (rule.name, rule.meaning) for method, rule in distribution.METHODS.items()}
"""How a pool's bookings are given to its members: a name, and what it means."""
DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
LOCATIONS = {
    "google_meet": "Google Meet",
    "phone": "Phone",
    "in_person": "In person",
    "link": "Another video link",
    "ask": "Ask the customer",
}
QUESTION_KINDS = {
    "text": "One line",
    "textarea": "Several lines",
    "email": "Email address",
    "phone": "Telephone number",
    "select": "Choice",
    "checkbox": "Tick box",
}


def reminders(minutes: Sequence[int] | None) -> str:
    """When customers are reminded: minutes before the start, None for the workspace's own setting."""
    if minutes is None:
        return "As set for the workspace"
    return ", ".join(f"{span(each)} before" for each in minutes) or "None"


def location(place: Location) -> str:
    """Where a booking takes place."""
    name = LOCATIONS[place.kind]
    return f"{name}: {place.detail}" if place.detail else name


def window(event_type: EventTypeValues) -> str:
    """Which dates can be booked."""
    kind = event_type.window
    if isinstance(kind, RollingDays):
        return "Today only." if kind.days == 0 else f"Up to {span(kind.days * 1440)} ahead."
    if isinstance(kind, Dates):
        return f"From {kind.first.isoformat()} to {kind.last.isoformat()}."
    return "No limit on how far ahead."


def time_slots(event_type: EventTypeValues) -> list[str]:
    """The time-slot settings, as one sentence for each."""
    step = event_type.increment_minutes or event_type.duration_minutes
    said = [
        f"{span(event_type.duration_minutes).capitalize()}, starting every {span(step)}.",
        _notice(event_type.min_notice_minutes),
        window(event_type),
    ]
    buffers = (("before", event_type.buffer_before_minutes), ("after", event_type.buffer_after_minutes))
    said += [
        f"{span(minutes).capitalize()} kept free {side} each booking." for side, minutes in buffers if minutes
    ]
    limits = (("day", event_type.max_per_day), ("week", event_type.max_per_week))
    said += [
        f"At most {_count(most, 'booking')} per {period}." for period, most in limits if most is not None
    ]
    if event_type.max_shown_per_day is not None:
        said.append(f"Customers see at most {_count(event_type.max_shown_per_day, 'time')} per day.")
    return said


def policy(rules: Policy) -> list[str]:
    """What customers may do with a booking, as one sentence for each rule."""
    said = [_permission("cancel", rules.cancel), _permission("reschedule", rules.reschedule)]
    if rules.max_reschedules is not None and rules.reschedule.allow != "never":
        times = "once" if rules.max_reschedules == 1 else f"{rules.max_reschedules} times"
        said.append(f"They may reschedule {times} at most.")
    said.append(
        {
            "off": "They are not asked for a reason.",
            "optional": "They may give a reason.",
            "required": "They must give a reason.",
        }[rules.reason]
    )
    return said


def hours(windows: Sequence[Window]) -> str:
    """The windows of a day, such as `09:00–12:30, 13:30–17:00`."""
    return ", ".join(f"{start}–{end}" for start, end in windows) or "Closed"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _notice(minutes: int) -> str:
    return f"At least {span(minutes)} ahead." if minutes else "No minimum notice."


def _permission(action: str, permission: Permission) -> str:
    if permission.allow == "until":
        return f"Customers may {action} until {span(permission.minutes or 0)} before it starts."
    return (
        f"Customers may {action} at any time."
        if permission.allow == "anytime"
        else f"Customers may not {action}."
    )
