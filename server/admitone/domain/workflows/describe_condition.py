"""The conditions of an *If/else* as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.workflows.conditions import FIELD, NEGATED, TAGS
from admitone.domain.workflows.custom_values import VALUES
from admitone.texts.message import count_message, message, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.workflows.steps import Condition, When

Pair = tuple[str, str]
"""What is said of a condition, and of its opposite."""

_LINK: Mapping[str, Pair] = {
    "set": (message("If there is a link"), message("If there is no link")),
    "opened": (message("If the link was opened"), message("If the link was not opened")),
    "booked": (message("If the link was booked"), message("If the link was not booked")),
    "active": (message("If the link can be booked"), message("If the link cannot be booked")),
    "expired": (message("If the link has expired"), message("If the link has not expired")),
    "revoked": (message("If the link was revoked"), message("If the link was not revoked")),
}
_BOOKING: Mapping[str, Pair] = {
    "set": (message("If there is a booking"), message("If there is no booking")),
    "scheduled": (message("If the booking is as first made"), message("If the booking is not as first made")),
    "rescheduled": (message("If the booking was rescheduled"), message("If the booking was not rescheduled")),
    "cancelled": (message("If the booking was cancelled"), message("If the booking was not cancelled")),
    "completed": (message("If the booking is completed"), message("If the booking is not completed")),
    "no_show": (
        message("If the customer did not come"),
        message("If the customer came"),
    ),
}


def describe_when(when: When) -> str:
    """The conditions of an *If/else*: one in words, several by their number."""
    if not when.conditions:
        return message("If a condition holds that is not chosen yet")
    if len(when.conditions) == 1:
        return describe_condition(when.conditions[0])
    count = len(when.conditions)
    if when.match == "all":
        return count_message(
            "If %(count)s condition holds", "If all of %(count)s conditions hold", count=count
        )
    return count_message("If %(count)s condition holds", "If any of %(count)s conditions holds", count=count)


def describe_condition(condition: Condition) -> str:
    """One condition, such as `If the contact has the tag “vip”`."""
    operator = NEGATED.get(condition.is_, condition.is_)
    is_negated = operator != condition.is_
    if condition.about in {"link", "booking"}:
        pairs = _LINK if condition.about == "link" else _BOOKING
        pair = pairs.get("set" if operator == "set" else condition.value)
        return pair[is_negated] if pair else message("If a condition holds that is not chosen yet")
    if condition.about == TAGS:
        return _tags(operator, condition.value, is_negated=is_negated)
    return _text(condition, operator, is_negated=is_negated)


def _tags(operator: str, tag: str, *, is_negated: bool) -> str:
    if operator == "set":
        return message("If the contact has no tag") if is_negated else message("If the contact has a tag")
    if is_negated:
        return message("If the contact does not have the tag “%(tag)s”", tag=tag)
    return message("If the contact has the tag “%(tag)s”", tag=tag)


def _text(condition: Condition, operator: str, *, is_negated: bool) -> str:
    name, value = _name(condition.about), condition.value
    if operator == "set":
        return (
            message("If %(name)s is empty", name=name)
            if is_negated
            else message("If %(name)s is known", name=name)
        )
    if operator == "contains":
        if is_negated:
            return message("If %(name)s does not contain “%(value)s”", name=name, value=value)
        return message("If %(name)s contains “%(value)s”", name=name, value=value)
    if is_negated:
        return message("If %(name)s is not “%(value)s”", name=name, value=value)
    return message("If %(name)s is “%(value)s”", name=name, value=value)


def _name(about: str) -> str:
    """The name of one of the contact's values: a custom field is named as it was typed."""
    if about.startswith(FIELD):
        return about.removeprefix(FIELD)
    label = VALUES["contact"].get(about.removeprefix("contact."))
    return about if label is None else phrase(label)
