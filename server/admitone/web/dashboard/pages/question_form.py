"""The questions of a booking page in its form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.pages.form import OWN_FIELDS
from admitone.store.records.search_words import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from admitone.web.dashboard.sent_form import SentForm

LONGEST_ID = 40


class Question(msgspec.Struct):
    """One question as the form has it; `options` one a line, `id` empty for a new one."""

    id: str
    label: str
    kind: str
    required: bool
    options: str


def read_questions(form: SentForm) -> list[Question]:
    """The questions that were sent; one whose label was emptied is taken away."""
    found: list[Question] = []
    for place in form.places("form"):
        label = form.text(f"form.{place}.label")
        if not label:
            continue
        taken = {question.id for question in found}
        found.append(
            Question(
                form.text(f"form.{place}.id") or _new_id(label, taken),
                label,
                form.text(f"form.{place}.kind"),
                form.is_on(f"form.{place}.required"),
                form.text(f"form.{place}.options"),
            )
        )
    return found


def question_document(question: Question) -> dict[str, Any]:
    """The question as the API takes it; options of what is no choice are left out."""
    options = [line.strip() for line in question.options.splitlines() if line.strip()]
    return {
        "id": question.id,
        "label": question.label,
        "kind": question.kind,
        "required": question.required,
        "options": options if question.kind == "select" else [],
    }


def _new_id(label: str, taken: Collection[str]) -> str:
    """A name for its answer, after the label; it stays when the label changes."""
    stem = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[: LONGEST_ID - 4]
    if not stem[:1].isalpha():
        stem = f"question_{stem}".strip("_")[: LONGEST_ID - 4]
    number, name = 1, stem
    while name in taken or name in OWN_FIELDS:
        number += 1
        name = f"{stem}_{number}"
    return name
