"""How a mail says when a booking is, and what the customer may still change about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE, customer_refusal

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.bookings.policy import Permission
    from admitone.domain.date_text import DateText


def when(text: DateText, start: int, end: int, now: int) -> str:
    """`Thursday, December 3, 10:30–11:00`, with the year if it is not the current one."""
    day = text.date(start)
    return f"{text.day(day, year=day.year != text.date(now).year)}, {text.span(start, end)}"


def zone_text(text: DateText, at: int) -> str:
    """`Paris, GMT+1`."""
    city, offset = text.city(), text.offset(at)
    return city if city == offset else f"{city}, {offset}"


def changes_sentence(booking: Booking, text: DateText, now: int, *, is_movable: bool) -> str | None:
    """The changes that the customer may still make, and until when; None if the booking cannot change.

    `is_movable` is False if the page or event type was deleted.
    """
    if booking.status not in LIVE or booking.start <= now:
        return None
    policy = booking.data.policy
    moves = is_movable and customer_refusal(booking, "reschedule", now) is None
    cancels = customer_refusal(booking, "cancel", now) is None
    move_until = _until(policy.reschedule, booking, text)
    cancel_until = _until(policy.cancel, booking, text)
    if moves and cancels and move_until == cancel_until:
        return f"You can move or cancel it{move_until}."
    can = [f"move it{move_until}"] * moves + [f"cancel it{cancel_until}"] * cancels
    if not can:
        return "To move or cancel it, please contact the organiser."
    return f"You can {', and '.join(can)}."


def _until(permission: Permission, booking: Booking, text: DateText) -> str:
    """` until Wed, Dec 2, 10:30`, or the empty string if there is no deadline."""
    deadline = permission.deadline(booking.start)
    if deadline is None:
        return ""
    return f" until {text.day_and_time(deadline)}"
