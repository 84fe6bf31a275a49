"""The fields of a booking form, in the shape that its template draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.guests import FIELD as GUEST_FIELD
from admitone.domain.pages.form import FormField
from admitone.texts.message import count_message, message
from admitone.web.customer.booking_form import GUESTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.errors import FieldError

NAME = FormField(id="name", label=message("Your name"), required=True)
EMAIL = FormField(id="email", label=message("Email"), kind="email", required=True)
NOTES = FormField(id="notes", label=message("Anything we should know?"), kind="textarea")
GUEST_LIST = FormField(id=GUESTS, label=message("Guests"), kind="textarea")
REASON = message("Reason")
"""The label of the field in which a customer says why they reschedule or cancel."""
AUTOCOMPLETE = {"name": "name", "email": "email", "phone": "tel"}
ANSWERS = "answers."


class InputField(msgspec.Struct, frozen=True):
    """One field: its question, its value and its error; `is_ours` if the label is ours, so translated.

    `hint` says below the label what to enter.
    """

    asks: FormField
    value: str
    error: str | None
    is_ours: bool
    autocomplete: str | None
    hint: str | None = None


def draw_fields(
    form: Sequence[FormField], most_guests: int, values: Mapping[str, str], errors: Mapping[str, str]
) -> list[InputField]:
    """Name, email, the page's own questions, guests if there may be any, and notes."""
    return [
        _field(NAME, values, errors, is_ours=True),
        _field(EMAIL, values, errors, is_ours=True),
        *(_field(question, values, errors) for question in form),
        *_guests(most_guests, values, errors),
        _field(NOTES, values, errors, is_ours=True),
    ]


def field_errors(errors: Sequence[FieldError]) -> dict[str, str]:
    """The first error message of each field, by the field's name in the form."""
    found: dict[str, str] = {}
    for error in errors:
        is_guest = error.field.partition(".")[0] == GUEST_FIELD
        found.setdefault(GUESTS if is_guest else error.field.removeprefix(ANSWERS), error.message)
    return found


def _guests(most: int, values: Mapping[str, str], errors: Mapping[str, str]) -> list[InputField]:
    """The guests' field; a page that takes none any more shows it only beside its error."""
    if most == 0 and GUESTS not in errors:
        return []
    hint = (
        count_message("One address.", "One address per line, at most %(count)s.", count=most)
        if most
        else None
    )
    return [msgspec.structs.replace(_field(GUEST_LIST, values, errors, is_ours=True), hint=hint)]


def _field(
    asks: FormField, values: Mapping[str, str], errors: Mapping[str, str], *, is_ours: bool = False
) -> InputField:
    completes = AUTOCOMPLETE.get(asks.id if is_ours else asks.kind)
    return InputField(asks, values.get(asks.id, ""), errors.get(asks.id), is_ours, completes)
