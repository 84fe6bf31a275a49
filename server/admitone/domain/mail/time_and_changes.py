"""How a mail says when a booking is, and what the customer may still change about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE, customer_refusal
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.bookings.policy import Permission
    from admitone.domain.date_text import DateText
    from admitone.texts.translator import Translator


def when(text: DateText, start: int, end: int, now: int) -> str:
    """`Thursday, December 3, 10:30–11:00`, with the year if it is not the current one."""
    return text.day_and_span(start, end, year=text.date(start).year != text.date(now).year)


def zone_text(text: DateText, at: int) -> str:
    """`Paris, GMT+1`."""
    city, offset = text.city(), text.offset(at)
    if city == offset:
        return city
    return text.reader.texts.say(message("%(city)s, %(offset)s", city=city, offset=offset))


def changes_sentence(booking: Booking, text: DateText, now: int, *, is_movable: bool) -> str | None:
    """The changes that the customer may still make, and until when; None if the booking cannot change.

    `is_movable` is False if the page or event type was deleted.
    """
    if booking.status not in LIVE or booking.start <= now:
        return None
    texts, policy = text.reader.texts, booking.data.policy
    moves = is_movable and customer_refusal(booking, "reschedule", now) is None
    cancels = customer_refusal(booking, "cancel", now) is None
    move_until = _until(policy.reschedule, booking, text)
    cancel_until = _until(policy.cancel, booking, text)
    if moves and cancels and move_until == cancel_until:
        return _by(texts, "reschedule or cancel", move_until)
    sentences = [_by(texts, "reschedule", move_until)] * moves + [
        _by(texts, "cancel", cancel_until)
    ] * cancels
    return " ".join(sentences) or texts.say(
        message("To reschedule or cancel it, please contact the organiser.")
    )


CHANGES = {
    "reschedule": (
        message("You can reschedule it."),
        message("You can reschedule it until %(until)s."),
    ),
    "cancel": (message("You can cancel it."), message("You can cancel it until %(until)s.")),
    "reschedule or cancel": (
        message("You can reschedule or cancel it."),
        message("You can reschedule or cancel it until %(until)s."),
    ),
}
"""What a customer may do with a booking: without a deadline, and with one."""


def _by(texts: Translator, change: str, until: str | None) -> str:
    always, limited = CHANGES[change]
    return texts.say(always) if until is None else texts.say(limited, until=until)


def _until(permission: Permission, booking: Booking, text: DateText) -> str | None:
    """`Wed, Dec 2, 10:30`, or None if there is no deadline."""
    deadline = permission.deadline(booking.start)
    return None if deadline is None else text.day_and_time(deadline)
