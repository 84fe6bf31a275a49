"""What is missing in a draft before it can be published, by the card where it is put right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.workflows.draft import placed_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from admitone.domain.errors import FieldError
    from admitone.domain.workflows.steps import Step

TRIGGER = "trigger"
SETTINGS = "settings"


class Missing(msgspec.Struct, frozen=True):
    """The problems of a draft by place: a step's id, `trigger` or `settings`; each by the form's field."""

    by_place: Mapping[str, Mapping[str, str]]

    def at(self, place: str) -> Mapping[str, str]:
        """The problems at one place, by field; a problem of the place as a whole has an empty field."""
        return self.by_place.get(place, {})

    @property
    def count(self) -> int:
        """How many problems there are."""
        return sum(len(problems) for problems in self.by_place.values())


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
