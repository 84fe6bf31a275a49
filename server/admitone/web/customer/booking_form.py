"""Reads the booking form. Missing fields are refused here; wrong values by the use case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from admitone.domain.bookings.booking import CustomerBooking
from admitone.domain.errors import FieldError, Invalid
from admitone.domain.instant import Instant
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.pages.form import FormField

MISSING = message("This field is required.")
NO_TIME = message("Choose a time.")
CODE = "_code"
"""The field of the code that was mailed to the customer; no question has such an id."""
GUESTS = "booking.guests"
"""The field of the guests' addresses; no question has such an id."""
SEND_AGAIN = "_send"
"""The button that mails the code again, whatever is in its field."""


def chosen_start(fields: Mapping[str, str]) -> Instant | None:
    """The chosen start, or None."""
    try:
        return Instant.parse(fields.get("start", ""))
    except ValueError:
        return None


def read_booking(
    fields: Mapping[str, str], form: Sequence[FormField], *, knows_person: bool, locale: str
) -> CustomerBooking:
    """The booking that a form asks for; raises Invalid with everything that is missing.

    With `knows_person`, name and email may be missing: the form was skipped, and the link has the person.
    """
    start = chosen_start(fields)
    problems = [] if start is not None else [FieldError("start", NO_TIME)]
    if not knows_person:
        problems += [FieldError(name, MISSING) for name in ("name", "email") if not fields.get(name)]
    required = [question.id for question in form if question.required]
    problems += [FieldError(name, MISSING) for name in required if not fields.get(name)]
    if problems or start is None:
        raise Invalid(*problems)
    return CustomerBooking(
        start=start,
        event_type=fields.get("event_type") or None,
        name=fields.get("name") or None,
        email=(fields.get("email") or "").strip() or None,
        timezone=fields.get("timezone") or None,
        notes=fields.get("notes", ""),
        answers=_answers(fields, form),
        locale=locale,
        guests=_guests(fields) or UNSET,
        email_code=None if SEND_AGAIN in fields else fields.get(CODE, "").strip() or None,
    )


def _guests(fields: Mapping[str, str]) -> list[str]:
    """The addresses: the form asks for one in each line, and people also part them by commas or blanks."""
    return [text for text in re.split(r"[\s,;]+", fields.get(GUESTS, "")) if text]


def _answers(fields: Mapping[str, str], form: Sequence[FormField]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for question in form:
        if value := fields.get(question.id):
            answers[question.id] = True if question.kind == "checkbox" else value
    return answers
