"""What a booking's page says about its state, and about what its policy allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from admitone.domain.bookings.policy import Permission
    from admitone.domain.date_text import DateText
    from admitone.usecases.shared.booking_view import ManageView

MINUTE = 60


class Words(msgspec.Struct, frozen=True):
    """A heading and a sentence; `is_live` if the meeting is still to come, or under way."""

    heading: str
    sentence: str
    is_live: bool = False


STATES = {
    "scheduled": Words("Booked", "This time is yours.", is_live=True),
    "rescheduled": Words("Moved", "The booking was moved to this time.", is_live=True),
    "completed": Words("Over", "This meeting has taken place."),
    "cancelled": Words("Cancelled", "This booking was cancelled. The time is free again."),
    "no_show": Words("Missed", "The organiser noted that nobody came."),
}
UNDER_WAY = Words("Under way", "This meeting has begun.", is_live=True)


def words_for(view: ManageView, now: int) -> Words:
    """The words for the booking's state at `now`."""
    words = STATES[view.status]
    return UNDER_WAY if words.is_live and view.start <= now else words


def deadlines(view: ManageView, text: DateText) -> list[tuple[str, str]]:
    """Until when it may be moved and cancelled, where that is limited: each `reschedule` or `cancel`."""
    found = [
        ("reschedule", _deadline(view.policy.reschedule, view, text) if view.can.reschedule else None),
        ("cancel", _deadline(view.policy.cancel, view, text) if view.can.cancel else None),
    ]
    return [(action, until) for action, until in found if until]


def _deadline(permission: Permission, view: ManageView, text: DateText) -> str | None:
    if permission.allow != "until":
        return None
    at = view.start - (permission.minutes or 0) * MINUTE
    return f"{text.day_short(text.date(at))}, {text.time(at)}"
