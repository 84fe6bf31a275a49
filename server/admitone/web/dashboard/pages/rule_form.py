"""The dynamic rules of a master page in its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.web.dashboard.pages.order_form import Ordered, rearranged
from admitone.web.dashboard.struct_form import FormPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from msgspec.inspect import Field

    from admitone.domain.pages.master_page import Reference, Rule
    from admitone.web.dashboard.sent_form import SentForm
    from admitone.web.dashboard.struct_form import FormValues

_MOVES = {"earlier": "up", "later": "down"}
_MOVED = {move: name for name, move in _MOVES.items()}


class RuleForm(msgspec.Struct):
    """One rule. Each member is `page:ID` or `pool:ID`, or empty if none was chosen."""

    event_type: str
    primary: str = ""
    additional: list[str] = []


class RulesPart(FormPart):
    """The rules in their order: fields `rules.0.primary` and so on.

    The button `more.ID` asks for another additional place in the rule of that event type; such a rule always
    ends with an empty place. `earlier.ID` and `later.ID` move a rule among the others.
    """

    def values(self, name: str, value: Sequence[Rule]) -> dict[str, Any]:
        """Rows of `RuleForm`."""
        rules = [
            RuleForm(rule.event_type, _choice(rule.primary), [_choice(each) for each in rule.additional])
            for rule in value
        ]
        return {name: Ordered(rules)}

    def read(self, form: SentForm, name: str, _field: Field, shown: FormValues) -> Any:
        """The rules. Empty ones are dropped, so that errors and rows have the same places."""
        sent = [
            RuleForm(
                form.text(f"{name}.{place}.event_type"),
                form.text(f"{name}.{place}.primary"),
                [each for each in form.texts(f"{name}.{place}.additional") if each],
            )
            for place in form.places(name)
        ]
        rules, focus = _moved([rule for rule in sent if rule.primary or rule.additional], form.text("act"))
        shown[name] = Ordered(rules, focus)
        return [
            {
                "event_type": rule.event_type,
                "primary": _reference(rule.primary),
                "additional": [_reference(each) for each in rule.additional],
            }
            for rule in rules
        ]


def _moved(rules: list[RuleForm], act: str) -> tuple[list[RuleForm], str]:
    """The rules after the button `act`, and the button that has the focus then."""
    name, _, event_type = act.partition(".")
    place = next((place for place, rule in enumerate(rules) if rule.event_type == event_type), None)
    if place is None or name not in _MOVES:
        return rules, act
    moved, focus = rearranged(rules, f"{_MOVES[name]}.{place}")
    return moved, f"{_MOVED[focus.partition('.')[0]]}.{event_type}"


def _choice(reference: Reference) -> str:
    return f"pool:{reference.pool}" if reference.pool else f"page:{reference.page or ''}"


def _reference(choice: str) -> dict[str, str]:
    """The reference that a choice names; empty for anything else, which the rule's own check refuses."""
    kind, _, record_id = choice.partition(":")
    return {kind: record_id} if kind in {"page", "pool"} else {}
