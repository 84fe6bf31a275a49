"""The questions of a booking page in its form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.pages.form import OWN_FIELDS
from admitone.store.records.search_words import fold
from admitone.web.dashboard.struct_form import FormPart

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from msgspec.inspect import Field

    from admitone.domain.pages.form import FormField
    from admitone.web.dashboard.sent_form import SentForm
    from admitone.web.dashboard.struct_form import FormValues

LONGEST_ID = 40


class Question(msgspec.Struct):
    """One question as the form shows it: one option a line; a new question has an empty `id`."""

    id: str
    label: str
    kind: str
    required: bool
    options: str


class QuestionsPart(FormPart):
    """The questions: fields `form.0.label` and so on. A question whose label was emptied is removed."""

    def values(self, name: str, value: Sequence[FormField]) -> dict[str, Any]:
        """A list of `Question`."""
        return {
            name: [
                Question(field.id, field.label, field.kind, field.required, "\n".join(field.options))
                for field in value
            ]
        }

    def read(self, form: SentForm, name: str, _field: Field, shown: FormValues) -> Any:
        """The questions as the API takes them."""
        shown[name] = questions = _questions(form, name)
        return [_document(question) for question in questions]


def _questions(form: SentForm, name: str) -> list[Question]:
    found: list[Question] = []
    for place in form.places(name):
        at = f"{name}.{place}"
        if label := form.text(f"{at}.label"):
            taken = {question.id for question in found}
            found.append(
                Question(
                    form.text(f"{at}.id") or _new_id(label, taken),
                    label,
                    form.text(f"{at}.kind"),
                    form.is_on(f"{at}.required"),
                    form.text(f"{at}.options"),
                )
            )
    return found


def _document(question: Question) -> dict[str, Any]:
    """The question as the API takes it; only a choice keeps its options."""
    options = [line.strip() for line in question.options.splitlines() if line.strip()]
    return {
        "id": question.id,
        "label": question.label,
        "kind": question.kind,
        "required": question.required,
        "options": options if question.kind == "select" else [],
    }


def _new_id(label: str, taken: Collection[str]) -> str:
    """The id of a new question, made from its label; it stays when the label changes."""
    stem = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[: LONGEST_ID - 4]
    if not stem[:1].isalpha():
        stem = f"question_{stem}".strip("_")[: LONGEST_ID - 4]
    number, name = 1, stem
    while name in taken or name in OWN_FIELDS:
        number += 1
        name = f"{stem}_{number}"
    return name
