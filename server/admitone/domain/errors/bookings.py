"""Refusals about a time and a booking."""

from __future__ import annotations

from admitone.domain.errors.refusal import Kind, Refusal
from admitone.texts.message import message


class SlotNotOffered(Refusal):
    """The start is not on the grid, or is outside the hours, the notice or the window."""

    code = "slot-not-offered"
    kind = Kind.INVALID
    sentence = message("That time is not offered. Choose one from the list.")


class SlotTaken(Refusal):
    """The start was offered, but is no longer free."""

    code = "slot-taken"
    kind = Kind.CONFLICT
    sentence = message("That time was just taken. Choose another one.")


class CalendarUnreachable(Refusal):
    """The hosts' calendars cannot be read now, and what was read before is too old."""

    code = "calendar-unreachable"
    kind = Kind.UNAVAILABLE
    sentence = message("The calendar cannot be reached at present. Try again in a moment.")
    retry = True


class PolicyRefuses(Refusal):
    """The booking's policy does not let the customer do this, or no longer does."""

    code = "policy-refuses"
    kind = Kind.FORBIDDEN
    sentence = message(
        "The organiser does not allow this change, or no longer allows it. Please contact them."
    )


class BookingNotActive(Refusal):
    """The booking is past, cancelled, completed or a no-show."""

    code = "booking-not-active"
    kind = Kind.CONFLICT
    sentence = message("This booking can no longer be changed.")


class NotReassignable(Refusal):
    """No other host can take the booking: it came by a booking page, or its rule was deleted."""

    code = "not-reassignable"
    kind = Kind.CONFLICT
    sentence = message("This booking cannot be given to another host.")
