"""The booking form, read: what is missing is found here, what is wrong by the use case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.bookings.booking import CustomerBooking
from admitone.domain.errors import FieldError, Invalid
from admitone.domain.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.pages.form import FormField

MISSING = "This is needed."
NO_TIME = "Choose a time."


def chosen_start(fields: Mapping[str, str]) -> Instant | None:
    """The start that was chosen, None where none was."""
    try:
        return Instant.parse(fields.get("start", ""))
    except ValueError:
        return None


def read_booking(
    fields: Mapping[str, str], form: Sequence[FormField], *, knows_person: bool, locale: str
) -> CustomerBooking:
    """The booking that a form asks for.

    `knows_person` says that name and email may be missing, because the link has them: then the form was
    skipped, and shows none. Raises Invalid with everything that is missing.
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
    )


def _answers(fields: Mapping[str, str], form: Sequence[FormField]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for question in form:
        if value := fields.get(question.id):
            answers[question.id] = True if question.kind == "checkbox" else value
    return answers
