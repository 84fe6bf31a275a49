"""The conditions of an *If/else* in its form: one row for each.

What a condition is about is one choice. For links and bookings it has the state in it, such as `link=opened`,
so that no value needs to be typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.workflows.steps import Condition, When
    from admitone.web.dashboard.sent_form import SentForm

FIELD = "contact.fields."
MOST = 10
"""Conditions of one *If/else* at most."""

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
    (
        message("The newest link of this run"),
        {
            "link=opened": message("It was opened"),
            "link=booked": message("It was booked"),
            "link=active": message("It can still be booked"),
            "link=expired": message("It has expired"),
            "link=revoked": message("It was revoked"),
        },
    ),
    (
        message("The booking"),
        {
            "booking=scheduled": message("It is scheduled"),
            "booking=rescheduled": message("It was rescheduled"),
            "booking=cancelled": message("It was cancelled"),
            "booking=completed": message("It is completed"),
            "booking=no_show": message("It was a no-show"),
        },
    ),
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


def condition_values(when: When) -> dict[str, Any]:
    """How conditions are combined, and a row for each; one more is empty."""
    rows = [_row(condition) for condition in when.conditions]
    return {"match": when.match, "conditions": [*rows, ConditionRow()][:MOST]}


def sent_conditions(sent: SentForm) -> list[ConditionRow]:
    """The rows as they were sent, for a form that is shown again."""
    at = [f"conditions.{place}" for place in sent.places("conditions")[:MOST]]
    return [
        ConditionRow(*(sent.text(f"{name}.{part}") for part in ("about", "field", "is", "value")))
        for name in at
    ]


def read_when(sent: SentForm) -> dict[str, Any]:
    """The document of the conditions; rows that are about nothing are left out."""
    rows = [row for row in sent_conditions(sent) if row.about]
    return {"match": sent.text("match"), "conditions": [_document(row) for row in rows]}


def _row(condition: Condition) -> ConditionRow:
    about, field, value = condition.about, "", condition.value
    if about.startswith(FIELD):
        about, field = FIELD, about.removeprefix(FIELD)
    elif about in {"link", "booking"}:
        about, value = f"{about}={value}", ""
    return ConditionRow(about, field, condition.is_, value)


def _document(row: ConditionRow) -> dict[str, str]:
    about, _, state = row.about.partition("=")
    if state:
        is_ = "is_not" if row.is_ in {"is_not", "contains_not", "not_set"} else "is"
        return {"about": about, "is": is_, "value": state}
    value = "" if row.is_ in {"set", "not_set"} else row.value
    return {"about": about + (row.field if about == FIELD else ""), "is": row.is_, "value": value}
