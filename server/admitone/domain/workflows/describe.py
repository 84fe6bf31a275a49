"""One sentence for each step of a workflow, for the editor's cards and for histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.workflows.describe_condition import describe_when
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
from admitone.texts.message import count_message, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.workflows.steps import AroundBooking, Span, Step

HOUR = 60
DAY = 24 * HOUR


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
        "Add the tag %(tags)s", "Add %(count)s tags: %(tags)s", count=len(tags), tags=", ".join(tags)
    )


def _remove(tags: Sequence[str]) -> str:
    if not tags:
        return message("Remove a tag that is not chosen yet")
    return count_message(
        "Remove the tag %(tags)s", "Remove %(count)s tags: %(tags)s", count=len(tags), tags=", ".join(tags)
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
