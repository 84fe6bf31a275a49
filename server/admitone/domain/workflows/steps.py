"""The steps of a workflow.

A draft may hold steps that cannot be published yet: texts may be empty and choices missing. What publishing
demands is in `check.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.people.user import ExpiryDays, OnCancel

MOST_STEPS = 100
DEEPEST = 3
"""Branches within branches at most."""
SUBJECT = 500
TEMPLATE = 50_000
"""Characters in a mail's text, and in its HTML, at most."""

StepId = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,40}$")]
Minutes = Annotated[int, Meta(ge=1, le=365 * 24 * 60)]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day in the contact's zone, `09:00`."""


class _Step(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
):
    """What all steps have: an id, which is unique in the workflow."""

    id: StepId


class GenerateLink(_Step, frozen=True, kw_only=True, tag="generate_one_time_booking_link"):
    """Make a one-time link for the contact; `expires_in_days` left out means the workspace's setting.

    `skip_form` says whether the link skips the booking form where all its required fields are known.
    """

    page: str = ""
    event_type: str | None = None
    expires_in_days: ExpiryDays | msgspec.UnsetType | None = msgspec.UNSET
    skip_form: bool | None = None
    on_cancel: OnCancel | None = None


class SendEmail(_Step, frozen=True, kw_only=True, tag="send_email"):
    """Mail the contact from the sender's mailbox: three Liquid templates. Without `html`, it is text only."""

    subject: Annotated[str, Meta(max_length=SUBJECT)] = ""
    text: Annotated[str, Meta(max_length=TEMPLATE)] = ""
    html: Annotated[str, Meta(max_length=TEMPLATE)] = ""


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A length of time: exactly one of the three.

    Minutes and hours are elapsed time; days are dates in the contact's zone (docs/rules/workflows.md). With
    `at`, days end at this time of day.
    """

    minutes: Annotated[int, Meta(ge=1, le=525_600)] | None = None
    hours: Annotated[int, Meta(ge=1, le=8760)] | None = None
    days: Annotated[int, Meta(ge=1, le=365)] | None = None
    at: Clock | None = None


class UntilField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Until the date (`2026-12-24`) in one of the contact's custom fields, at a time of day in their zone."""

    field: str = ""
    at: Clock = "09:00"


class AroundBooking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many minutes before the booking starts, or after it ends: exactly one of the two."""

    before: Minutes | None = None
    after: Annotated[int, Meta(ge=0, le=365 * 24 * 60)] | None = None


class Wait(_Step, frozen=True, kw_only=True, tag="wait", rename={"for_": "for"}):
    """Wait: exactly one of `for`, `until`, `booking` and `link`.

    `link` waits until the newest link that this run made is opened or booked; `timeout` ends that wait in any
    case, and is required with it.
    """

    for_: Span | None = None
    until: UntilField | None = None
    booking: AroundBooking | None = None
    link: Literal["opened", "booked"] | None = None
    timeout: Span | None = None


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    """One condition of an *If/else*.

    `about` is `contact.email`, `contact.first_name`, `.last_name`, `.phone`, `.timezone`, `.locale`,
    `contact.tags`, `contact.fields.<name>`, `link` (the newest link of this run: `opened`, `booked`,
    `active`, `expired`, `revoked`) or `booking` (`scheduled`, `rescheduled`, `cancelled`, `completed`,
    `no_show`; one that was moved is scheduled as well). `contains` is for texts and tags; `set` and `not_set`
    need no value.
    """

    about: str = "contact.tags"
    is_: Literal["is", "is_not", "contains", "contains_not", "set", "not_set"] = "is"
    value: Annotated[str, Meta(max_length=500)] = ""


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All, or any, of up to ten conditions."""

    match: Literal["all", "any"] = "all"
    conditions: Annotated[Sequence[Condition], Meta(max_length=10)] = ()


class Branch(_Step, frozen=True, kw_only=True, tag="if", rename={"else_": "else"}):
    """If/else: `then` where the conditions hold, else `else`; both lead on to the step after."""

    when: When = When()
    then: Sequence[Step] = ()
    else_: Sequence[Step] = ()


class AddTags(_Step, frozen=True, kw_only=True, tag="add_tags"):
    """Add tags to the contact."""

    tags: Annotated[Sequence[str], Meta(max_length=20)] = ()


class RemoveTags(_Step, frozen=True, kw_only=True, tag="remove_tags"):
    """Remove tags from the contact."""

    tags: Annotated[Sequence[str], Meta(max_length=20)] = ()


class SetField(_Step, frozen=True, kw_only=True, tag="set_field"):
    """Set one of the contact's custom fields; `value` is a Liquid template. An empty result removes it."""

    name: str = ""
    value: Annotated[str, Meta(max_length=2000)] = ""


class CallWebhook(_Step, frozen=True, kw_only=True, tag="call_webhook"):
    """Send the run's state to one of the workspace's webhooks (its id)."""

    webhook: str = ""


class NotifyHost(_Step, frozen=True, kw_only=True, tag="notify_host"):
    """Mail the user whose mailbox sends; both are Liquid templates."""

    subject: Annotated[str, Meta(max_length=SUBJECT)] = ""
    text: Annotated[str, Meta(max_length=TEMPLATE)] = ""


class Stop(_Step, frozen=True, kw_only=True, tag="stop"):
    """End the run."""


Step = (
    GenerateLink
    | SendEmail
    | Wait
    | Branch
    | AddTags
    | RemoveTags
    | SetField
    | CallWebhook
    | NotifyHost
    | Stop
)
"""One step; `kind` in JSON says which."""


def kind_of(step: Step) -> str:
    """The kind of a step as JSON names it, such as `send_email`."""
    return str(type(step).__struct_config__.tag)


def all_steps(steps: Sequence[Step]) -> Iterator[Step]:
    """Every step in reading order: an *If/else*, its `then`, its `else`, what follows."""
    for step in steps:
        yield step
        if isinstance(step, Branch):
            yield from all_steps(step.then)
            yield from all_steps(step.else_)
