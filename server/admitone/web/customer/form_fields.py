"""The fields of a booking form, in the shape that its template draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.pages.form import FormField
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.errors import FieldError

NAME = FormField(id="name", label=message("Your name"), required=True)
EMAIL = FormField(id="email", label=message("Email"), kind="email", required=True)
NOTES = FormField(id="notes", label=message("Anything we should know?"), kind="textarea")
REASON = message("Reason")
"""The label of the field in which a customer says why they reschedule or cancel."""
AUTOCOMPLETE = {"name": "name", "email": "email", "phone": "tel"}
ANSWERS = "answers."


class InputField(msgspec.Struct, frozen=True):
    """One field: its question, its value and its error; `is_ours` if the label is ours, so translated."""

    asks: FormField
    value: str
    error: str | None
    is_ours: bool
    autocomplete: str | None


def draw_fields(
    form: Sequence[FormField], values: Mapping[str, str], errors: Mapping[str, str]
) -> list[InputField]:
    """Name, email, the page's own questions, and notes."""
    return [
        _field(NAME, values, errors, is_ours=True),
        _field(EMAIL, values, errors, is_ours=True),
        *(_field(question, values, errors) for question in form),
        _field(NOTES, values, errors, is_ours=True),
    ]


def field_errors(errors: Sequence[FieldError]) -> dict[str, str]:
    """The first error message of each field, by the field's name in the form."""
    found: dict[str, str] = {}
    for error in errors:
        found.setdefault(error.field.removeprefix(ANSWERS), error.message)
    return found


def _field(
    asks: FormField, values: Mapping[str, str], errors: Mapping[str, str], *, is_ours: bool = False
) -> InputField:
    completes = AUTOCOMPLETE.get(asks.id if is_ours else asks.kind)
    return InputField(asks, values.get(asks.id, ""), errors.get(asks.id), is_ours, completes)
