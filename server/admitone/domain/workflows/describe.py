"""One sentence for each step of a workflow, for the editor's cards and for histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.workflows.conditions import FIELD, NEGATED, TAGS
from admitone.domain.workflows.custom_values import VALUES
from admitone.domain.workflows.steps import (
    AddTags,
    Branch,
    CallWebhook,
    GenerateLink,
    NotifyHost,
    RemoveTags,
    SendEmail,
    SetField,
    Stop,
    Wait,
)
from admitone.texts.message import count_message, message, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.workflows.steps import AroundBooking, Condition, Span, Step, When

HOUR = 60
DAY = 24 * HOUR
Pair = tuple[str, str]
"""What is said of a condition, and of its opposite."""

LINK_STATES: Mapping[str, Pair] = {
    "set": (message("If there is a link"), message("If there is no link")),
    "opened": (message("If the link was opened"), message("If the link was not opened")),
    "booked": (message("If the link was booked"), message("If the link was not booked")),
    "active": (message("If the link can be booked"), message("If the link cannot be booked")),
    "expired": (message("If the link has expired"), message("If the link has not expired")),
    "revoked": (message("If the link was revoked"), message("If the link was not revoked")),
}
BOOKING_STATES: Mapping[str, Pair] = {
    "set": (message("If there is a booking"), message("If there is no booking")),
    "scheduled": (message("If the booking is scheduled"), message("If the booking is not scheduled")),
    "rescheduled": (message("If the booking was rescheduled"), message("If the booking was not rescheduled")),
    "cancelled": (message("If the booking was cancelled"), message("If the booking was not cancelled")),
    "completed": (message("If the booking is completed"), message("If the booking is not completed")),
    "no_show": (
        message("If the customer did not come"),
        message("If the customer came"),
    ),
}


def describe(step: Step, titles: Mapping[str, str]) -> str:
    """What a step does, such as `Wait 3 days, until 09:00`, to be said in the reader's language.

    `titles` are the names of pages, event types and webhooks by id. What a draft has not chosen yet is said,
    too.
    """
    match step:
        case GenerateLink():
            said = _link(step, titles)
        case SendEmail():
            said = _send(step)
        case Wait():
            said = _wait(step)
        case Branch():
            said = describe_when(step.when)
        case AddTags():
            said = _add(step.tags)
        case RemoveTags():
            said = _remove(step.tags)
        case SetField():
            said = _set(step)
        case CallWebhook():
            said = _call(step, titles)
        case NotifyHost():
            said = _notify(step)
        case Stop():
            said = message("End the run")
    return said


def _link(step: GenerateLink, titles: Mapping[str, str]) -> str:
    if step.page not in titles:
        return message("Make a one-time link to a page that is not chosen yet")
    page = message("“%(page)s”", page=titles[step.page])
    if step.event_type is not None:
        event_type = titles.get(step.event_type, step.event_type)
        page = message("“%(event_type)s” of “%(page)s”", event_type=event_type, page=titles[step.page])
    if step.expires_in_days is msgspec.UNSET:
        return message("Make a one-time link to %(page)s", page=page)
    if step.expires_in_days is None:
        return message("Make a one-time link to %(page)s that does not expire", page=page)
    return count_message(
        "Make a one-time link to %(page)s, valid for %(count)s day",
        "Make a one-time link to %(page)s, valid for %(count)s days",
        count=step.expires_in_days,
        page=page,
    )


def _send(step: SendEmail) -> str:
    if not step.subject:
        return message("Send an email that has no subject yet")
    return message("Send the email “%(subject)s”", subject=step.subject)


def _wait(step: Wait) -> str:
    if step.for_ is not None:
        return _wait_for(step.for_)
    if step.until is not None and step.until.field:
        return message(
            "Wait until the date in “%(field)s”, at %(time)s", field=step.until.field, time=step.until.at
        )
    if step.booking is not None:
        return _wait_around(step.booking)
    if step.link is not None and step.timeout is not None:
        longest = span_text(step.timeout)
        if step.link == "opened":
            return message("Wait until the link is opened, at most %(longest)s", longest=longest)
        return message("Wait until the link is booked, at most %(longest)s", longest=longest)
    return message("Wait for something that is not chosen yet")


def _wait_for(span: Span) -> str:
    if span.at is not None:
        return message("Wait %(length)s, until %(time)s", length=span_text(span), time=span.at)
    return message("Wait %(length)s", length=span_text(span))


def _wait_around(around: AroundBooking) -> str:
    if around.before is not None:
        return message("Wait until %(length)s before the booking", length=_length(around.before))
    if around.after:
        return message("Wait until %(length)s after the booking", length=_length(around.after))
    return message("Wait until the booking ends")


def span_text(span: Span) -> str:
    """The length of a span, such as `3 days`."""
    if span.days is not None:
        return _length(span.days * DAY)
    return _length(span.hours * HOUR if span.hours is not None else span.minutes or 0)


def _length(minutes: int) -> str:
    """A length in the largest unit that it is a whole number of."""
    if minutes and minutes % DAY == 0:
        return count_message("%(count)s day", "%(count)s days", count=minutes // DAY)
    if minutes and minutes % HOUR == 0:
        return count_message("%(count)s hour", "%(count)s hours", count=minutes // HOUR)
    return count_message("%(count)s minute", "%(count)s minutes", count=minutes)


def _add(tags: Sequence[str]) -> str:
    if not tags:
        return message("Add a tag that is not chosen yet")
    return count_message(
        "Add the tag “%(tags)s”", "Add %(count)s tags: %(tags)s", count=len(tags), tags=", ".join(tags)
    )


def _remove(tags: Sequence[str]) -> str:
    if not tags:
        return message("Remove a tag that is not chosen yet")
    return count_message(
        "Remove the tag “%(tags)s”", "Remove %(count)s tags: %(tags)s", count=len(tags), tags=", ".join(tags)
    )


def _set(step: SetField) -> str:
    if not step.name:
        return message("Set a field that is not chosen yet")
    if not step.value:
        return message("Empty the field “%(field)s”", field=step.name)
    return message("Set the field “%(field)s” to “%(value)s”", field=step.name, value=step.value)


def _call(step: CallWebhook, titles: Mapping[str, str]) -> str:
    if step.webhook not in titles:
        return message("Call a webhook that is not chosen yet")
    return message("Call the webhook %(webhook)s", webhook=titles[step.webhook])


def _notify(step: NotifyHost) -> str:
    if not step.subject:
        return message("Notify the host by an email that has no subject yet")
    return message("Notify the host by the email “%(subject)s”", subject=step.subject)


def describe_when(when: When) -> str:
    """The conditions of an *If/else*: one in words, several by their number."""
    if not when.conditions:
        return message("If a condition holds that is not chosen yet")
    if len(when.conditions) == 1:
        return describe_condition(when.conditions[0])
    count = len(when.conditions)
    if when.match == "all":
        return count_message(
            "If all of %(count)s condition hold", "If all of %(count)s conditions hold", count=count
        )
    return count_message(
        "If any of %(count)s condition holds", "If any of %(count)s conditions holds", count=count
    )


def describe_each(step: Step) -> list[str]:
    """The conditions of an *If/else* that has several, each in words; nothing for any other step."""
    if not isinstance(step, Branch) or len(step.when.conditions) == 1:
        return []
    return [describe_condition(condition) for condition in step.when.conditions]


def describe_condition(condition: Condition) -> str:
    """One condition, such as `If the contact has the tag “vip”`."""
    operator = NEGATED.get(condition.is_, condition.is_)
    is_negated = operator != condition.is_
    if condition.about in {"link", "booking"}:
        pairs = LINK_STATES if condition.about == "link" else BOOKING_STATES
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
            message("If “%(name)s” is empty", name=name)
            if is_negated
            else message("If “%(name)s” is known", name=name)
        )
    if operator == "contains":
        if is_negated:
            return message("If “%(name)s” does not contain “%(value)s”", name=name, value=value)
        return message("If “%(name)s” contains “%(value)s”", name=name, value=value)
    if is_negated:
        return message("If “%(name)s” is not “%(value)s”", name=name, value=value)
    return message("If “%(name)s” is “%(value)s”", name=name, value=value)


def _name(about: str) -> str:
    """The name of one of the contact's values: a custom field is named as it was typed."""
    if about.startswith(FIELD):
        return about.removeprefix(FIELD)
    label = VALUES["contact"].get(about.removeprefix("contact."))
    return about if label is None else phrase(label)
