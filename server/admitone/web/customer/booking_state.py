"""What a booking's page says about the booking's state, and until when it can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.date_text import DateText
    from admitone.usecases.shared.booking_view import ManageView


class StateText(msgspec.Struct, frozen=True):
    """A heading and a sentence; `is_live` if the meeting has not ended."""

    heading: str
    sentence: str
    is_live: bool = False


STATES = {
    "scheduled": StateText(
        message("Your booking is confirmed"), message("This time is reserved for you."), is_live=True
    ),
    "rescheduled": StateText(
        message("Your booking was rescheduled"), message("This is your new time."), is_live=True
    ),
    "completed": StateText(message("This booking is over"), message("This meeting has taken place.")),
    "cancelled": StateText(message("Your booking was cancelled"), message("The time is free again.")),
    "no_show": StateText(message("Marked as a no-show"), message("The organiser marked you as absent.")),
}
UNDER_WAY = StateText(message("In progress"), message("This meeting has started."), is_live=True)


def state_text(view: ManageView, now: int) -> StateText:
    """The text for the booking's state at `now` (epoch seconds)."""
    text = STATES[view.status]
    return UNDER_WAY if text.is_live and view.start <= now else text


def deadlines(view: ManageView, text: DateText) -> list[tuple[str, str]]:
    """Pairs of an action (`reschedule`, `cancel`) and its deadline as text, for actions that have one."""
    found = [
        ("reschedule", view.policy.reschedule.deadline(view.start) if view.can.reschedule else None),
        ("cancel", view.policy.cancel.deadline(view.start) if view.can.cancel else None),
    ]
    return [(action, text.day_and_time(deadline)) for action, deadline in found if deadline is not None]
