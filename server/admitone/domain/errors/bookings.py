"""Refusals about a time and a booking."""

from __future__ import annotations

from admitone.domain.errors.refusal import FieldError, Kind, Refusal
from admitone.domain.errors.requests import Invalid
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
    sentence = message("The calendar can't be reached right now. Try again in a moment.")
    retry = True


class CodeWrong(Invalid):
    """The page asks customers to confirm their address, and the booking lacks the code that was mailed there.

    `message` is what to tell about the field `email_code`.
    """

    code = "code-wrong"
    sentence = message("This code is wrong, was used before, or is no longer valid. Ask for a new one.")

    def __init__(self, message: str = sentence) -> None:
        super().__init__(FieldError("email_code", message))


class PolicyRefuses(Refusal):
    """The booking's policy does not let the customer do this, or no longer does."""

    code = "policy-refuses"
    kind = Kind.FORBIDDEN
    sentence = message("This change is not allowed. Please contact the organiser.")


class BookingNotActive(Refusal):
    """The booking is past, cancelled, completed or a no-show."""

    code = "booking-not-active"
    kind = Kind.CONFLICT
    sentence = message("This booking can't be changed any more.")


class BookingDeleted(Refusal):
    """The booking was erased: on request, or because the workspace does not keep old bookings."""

    code = "booking-deleted"
    kind = Kind.GONE
    sentence = message("This booking was deleted, with everything that it held.")
