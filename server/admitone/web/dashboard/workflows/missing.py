"""What is missing in a draft before it can be published, by the card where it is put right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.workflows.draft import placed_steps
from admitone.texts.message import message, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from admitone.domain.errors import FieldError
    from admitone.domain.workflows.steps import Step

_FIELDS: Mapping[str, str] = {
    "subject": phrase("Subject"),
    "text": phrase("Text"),
    "html": phrase("HTML"),
    "name": phrase("Custom field"),
    "value": phrase("Value"),
}
"""What the forms call the fields whose problems do not say which field it is."""
REQUIRED = phrase("This field is required.")
TRIGGER = "trigger"
SETTINGS = "settings"


class Missing(msgspec.Struct, frozen=True):
    """The problems of a draft by place: a step's id, `trigger` or `settings`; each by the form's field."""

    by_place: Mapping[str, Mapping[str, str]]

    def at(self, place: str) -> Mapping[str, str]:
        """The problems at one place, by field; a problem of the place as a whole has an empty field."""
        return self.by_place.get(place, {})

    def sentences(self, place: str) -> list[str]:
        """The problems at one place, in words that name the field where the problem alone does not."""
        return [
            message("%(field)s: %(problem)s", field=_FIELDS[field], problem=REQUIRED)
            if problem == REQUIRED and field in _FIELDS
            else problem
            for field, problem in self.at(place).items()
        ]


def sort_problems(steps: Sequence[Step], problems: Iterable[FieldError]) -> Missing:
    """The problems, whose fields are paths such as `steps.3.then.0.subject`, by place."""
    ids = {place: step.id for place, step in placed_steps(steps)}
    found: dict[str, dict[str, str]] = {}
    for problem in problems:
        place, field = _split(problem.field, ids)
        found.setdefault(place, {}).setdefault(field, problem.message)
    return Missing(found)


def _split(path: str, ids: Mapping[str, str]) -> tuple[str, str]:
    """The place of a path, and what follows it."""
    parts = path.split(".")
    for length in range(len(parts), 1, -1):
        if step_id := ids.get(".".join(parts[:length])):
            return step_id, ".".join(parts[length:])
    if parts[0] == TRIGGER:
        return TRIGGER, ".".join(parts[1:])
    return SETTINGS, path
