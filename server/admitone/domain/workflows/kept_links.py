"""Templates keep the links that they name while steps are added, moved, copied and deleted.

A link is named by the number of its step in reading order, such as `generate_one_time_booking_link_2`. So
these names change when the steps do, and a template would mail another link than it was written for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from admitone.domain.workflows.custom_values import LINK_STEP, link_names
from admitone.domain.workflows.steps import Branch, NotifyHost, SendEmail, SetField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.workflows.steps import Step

_NAME: Final = re.compile(rf"\b{LINK_STEP}(?:_[a-z0-9_]+)?\b")
_TEMPLATES: Final[Mapping[type[Step], tuple[str, ...]]] = {
    SendEmail: ("subject", "text", "html"),
    NotifyHost: ("subject", "text"),
    SetField: ("value",),
}


def with_kept_links(before: Sequence[Step], after: Sequence[Step]) -> Sequence[Step]:
    """The steps `after`, in which the templates name the same links as they do in the steps `before`.

    A link whose step is gone gets a name that does not exist, with the id of the step: so it is told as
    missing, and comes back with the step.
    """
    makers, names = link_names(before), link_names(after)
    renamed = {f"{LINK_STEP}_{step}": name for step, name in names.items()}
    renamed |= {name: names.get(step, f"{LINK_STEP}_{step}") for step, name in makers.items()}
    return _renamed(after, {name: other for name, other in renamed.items() if name != other})


def _renamed(steps: Sequence[Step], names: Mapping[str, str]) -> Sequence[Step]:
    return [_renamed_step(step, names) for step in steps] if names else steps


def _renamed_step(step: Step, names: Mapping[str, str]) -> Step:
    if isinstance(step, Branch):
        then, otherwise = _renamed(step.then, names), _renamed(step.else_, names)
        return msgspec.structs.replace(step, then=then, else_=otherwise)
    texts = {part: getattr(step, part) for part in _TEMPLATES.get(type(step), ())}
    changed = {
        part: _NAME.sub(lambda found: names.get(found[0], found[0]), text) for part, text in texts.items()
    }
    return step if changed == texts else msgspec.structs.replace(step, **changed)
