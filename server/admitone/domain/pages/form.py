"""The questions that a booking page asks besides name and email, and the answers to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from admitone.domain.errors import FieldError
from admitone.domain.people.email_address import MESSAGE, normalise_email
from admitone.domain.text import is_blank, line_problems, text_problems
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PHONE = re.compile(r"\+?[0-9 ()./-]{4,40}")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
ID_RULE = message("Use at most 40 lower-case letters, digits and underscores, with a letter first.")
FIELDS = 30
OWN_FIELDS = frozenset({"name", "email", "notes", "timezone", "start", "event_type", "skip", "date", "t"})
"""Names of a booking's own fields, which no question may have as its id."""


class FormField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question; `options` go with `select`."""

    id: str
    label: str
    kind: Literal["text", "textarea", "email", "phone", "select", "checkbox"] = "text"
    required: bool = False
    options: list[str] = []


def form_problems(form: Sequence[FormField]) -> list[FieldError]:
    """The errors in the questions of a page."""
    found: list[FieldError] = []
    if len(form) > FIELDS:
        found.append(FieldError("form", message("At most %(most)s questions.", most=FIELDS)))
    seen: set[str] = set()
    for place, field in enumerate(form):
        at = f"form.{place}"
        if not _ID.fullmatch(field.id):
            found.append(FieldError(f"{at}.id", ID_RULE))
        if field.id in OWN_FIELDS:
            found.append(
                FieldError(f"{at}.id", message("Every booking has a field of this name. Choose another id."))
            )
        if field.id in seen:
            found.append(FieldError(f"{at}.id", message("Another question has this id.")))
        seen.add(field.id)
        found += line_problems(f"{at}.label", field.label)
        if (field.kind == "select") != bool(field.options):
            found.append(
                FieldError(f"{at}.options", message("A choice needs options, and nothing else has them."))
            )
        for option in field.options:
            found += line_problems(f"{at}.options", option)
    return found


def check_answers(
    form: Sequence[FormField], answers: Mapping[str, Any], *, test_addresses: bool = False
) -> tuple[dict[str, Any], list[FieldError]]:
    """The answers that are not empty, in the form's order, and the errors in the answers."""
    kept: dict[str, Any] = {}
    found = [
        FieldError(f"answers.{name}", message("This page does not ask this question."))
        for name in answers
        if all(field.id != name for field in form)
    ]
    for field in form:
        at = f"answers.{field.id}"
        value = answers.get(field.id)
        if value in (None, False) or (isinstance(value, str) and is_blank(value)):
            if field.required:
                found.append(FieldError(at, message("This field is required.")))
        elif problems := _answer_problems(at, field, value, test_addresses=test_addresses):
            found += problems
        else:
            kept[field.id] = value
    return kept, found


def is_complete(form: Sequence[FormField]) -> bool:
    """Whether a booking needs no answers besides name and email."""
    return not any(field.required for field in form)


def _answer_problems(at: str, field: FormField, value: object, *, test_addresses: bool) -> list[FieldError]:
    if field.kind == "checkbox":
        return [] if value is True else [FieldError(at, message("This is true or false."))]
    if not isinstance(value, str):
        return [FieldError(at, message("This is a text."))]
    if field.kind == "textarea":
        return text_problems(at, value)
    problem = ""
    if field.kind == "select" and value not in field.options:
        problem = message("Choose one of the options.")
    if field.kind == "email" and normalise_email(value, test_addresses=test_addresses) is None:
        problem = MESSAGE
    if field.kind == "phone" and not _PHONE.fullmatch(value.strip()):
        problem = message("Enter a valid phone number.")
    return [FieldError(at, problem)] if problem else line_problems(at, value, most=1000)
