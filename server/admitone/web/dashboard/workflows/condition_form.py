"""The conditions of an *If/else* in its form: one row for each.

What a condition is about is one choice. For links and bookings it has the state in it, such as `link=opened`,
or its opposite, `link!=opened`: then nothing else is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.workflows.conditions import NEGATED
from admitone.domain.workflows.describe import BOOKING_STATES, LINK_STATES
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.workflows.describe import Pair
    from admitone.domain.workflows.steps import Condition, When
    from admitone.web.dashboard.sent_form import SentForm

FIELD = "contact.fields."
NOT = "!="
SETS = ("set", "not_set")
"""The comparisons that need no value."""
MOST = 10
"""Conditions of one *If/else* at most."""


def _states(about: str, states: Mapping[str, Pair]) -> dict[str, str]:
    """A choice for each state of a link or booking, and one for its opposite, in the words of the cards."""
    return {
        f"{about}{sign}{state}": pair[is_not]
        for state, pair in states.items()
        for is_not, sign in enumerate(("=", NOT))
    }


ABOUT: Sequence[tuple[str, Mapping[str, str]]] = (
    (
        message("The contact"),
        {
            "contact.tags": message("Tags"),
            FIELD: message("A custom field"),
            "contact.first_name": message("First name"),
            "contact.last_name": message("Last name"),
            "contact.email": message("Email address"),
            "contact.phone": message("Phone"),
            "contact.timezone": message("Time zone"),
            "contact.locale": message("Language"),
        },
    ),
    (message("The newest link of this run"), _states("link", LINK_STATES)),
    (message("The booking"), _states("booking", BOOKING_STATES)),
)
OPERATORS: Mapping[str, str] = {
    "is": message("is"),
    "is_not": message("is not"),
    "contains": message("contains"),
    "contains_not": message("does not contain"),
    "set": message("has a value"),
    "not_set": message("has no value"),
}


class ConditionRow(msgspec.Struct, frozen=True):
    """One condition as the form shows it; `field` is the name of a custom field."""

    about: str = ""
    field: str = ""
    is_: str = "is"
    value: str = ""

    @property
    def is_strange(self) -> bool:
        """Whether the form has no such choice. It shows what a program wrote, so that saving keeps it."""
        return bool(self.about) and not any(self.about in choices for _, choices in ABOUT)


def condition_values(when: When) -> dict[str, Any]:
    """How conditions are combined, and a row for each; one more is empty."""
    rows = [_row(condition) for condition in when.conditions]
    return {"match": when.match, "conditions": [*rows, ConditionRow()][:MOST]}


def sent_conditions(sent: SentForm) -> list[ConditionRow]:
    """The rows as they were sent, for a form that is shown again."""
    at = [f"conditions.{place}" for place in sent.places("conditions")]
    return [
        ConditionRow(*(sent.text(f"{name}.{part}") for part in ("about", "field", "is", "value")))
        for name in at
    ]


def read_when(sent: SentForm) -> dict[str, Any]:
    """The document of the conditions; rows that are about nothing are left out."""
    rows = [row for row in sent_conditions(sent) if row.about]
    return {"match": sent.text("match"), "conditions": [_document(row) for row in rows]}


def _row(condition: Condition) -> ConditionRow:
    about, field, is_, value = condition.about, "", condition.is_, condition.value
    if about.startswith(FIELD):
        about, field = FIELD, about.removeprefix(FIELD)
    elif about in {"link", "booking"}:
        state = value if is_ not in SETS else "set"
        about, is_, value = f"{about}{NOT if is_ in NEGATED else '='}{state}", "is", ""
    return ConditionRow(about, field, is_, value)


def _document(row: ConditionRow) -> dict[str, str]:
    about, sign, state = row.about.partition(NOT if NOT in row.about else "=")
    is_negated = sign == NOT
    if state == "set":
        return {"about": about, "is": "not_set" if is_negated else "set", "value": ""}
    if state:
        return {"about": about, "is": "is_not" if is_negated else "is", "value": state}
    value = "" if row.is_ in SETS else row.value
    return {"about": about + (row.field if about == FIELD else ""), "is": row.is_, "value": value}
