"""What is missing or wrong in one step of a workflow, besides its templates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from admitone.domain.contacts.contact import FIELD_NAME, tag_problems
from admitone.domain.errors import FieldError
from admitone.domain.workflows.conditions import (
    BOOKING_VALUES,
    CONTACT_TEXTS,
    FIELD,
    LINK_VALUES,
    TAGS,
)
from admitone.domain.workflows.steps import (
    AddTags,
    Branch,
    CallWebhook,
    GenerateLink,
    RemoveTags,
    SetField,
    Wait,
)
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.workflows.custom_values import Available
    from admitone.domain.workflows.known import Known
    from admitone.domain.workflows.steps import Condition, Span, Step

REQUIRED = message("This field is required.")
GONE = message("This does not exist any more.")
NO_LINK = message("No run has a link here. Make one in a step before this one.")
NO_BOOKING = message("No run has a booking here.")


def step_problems(place: str, step: Step, known: Known, here: Available) -> Iterator[FieldError]:
    """The errors in a step at `place`; `here` says what may exist there."""
    match step:
        case GenerateLink():
            yield from _link_problems(place, step, known)
        case Wait():
            yield from _wait_problems(place, step, here)
        case Branch():
            yield from _branch_problems(place, step, here)
        case AddTags() | RemoveTags():
            if not step.tags:
                yield FieldError(f"{place}.tags", message("Add a tag."))
            for number, tag in enumerate(step.tags):
                yield from tag_problems(f"{place}.tags.{number}", tag)
        case SetField():
            yield from _field_name_problems(f"{place}.name", step.name)
        case CallWebhook() if step.webhook not in known.webhooks:
            yield FieldError(f"{place}.webhook", GONE if step.webhook else message("Choose a webhook."))
        case _:
            return


def _link_problems(place: str, step: GenerateLink, known: Known) -> Iterator[FieldError]:
    page = known.pages.get(step.page)
    if page is None:
        yield FieldError(f"{place}.page", GONE if step.page else message("Choose a booking page."))
    elif not page.makes_links:
        yield FieldError(f"{place}.page", message("There are no one-time links of this page."))
    elif step.event_type is not None and step.event_type not in page.event_types:
        yield FieldError(f"{place}.event_type", message("This page does not offer this event type."))


def _wait_problems(place: str, step: Wait, here: Available) -> Iterator[FieldError]:
    given = [name for name in ("for_", "until", "booking", "link") if getattr(step, name) is not None]
    if len(given) != 1:
        yield FieldError(place, message("Choose one thing to wait for."))
        return
    if step.timeout is not None and step.link is None:
        yield FieldError(f"{place}.timeout", message("Only for a wait for a link."))
    if step.for_ is not None:
        yield from _span_problems(f"{place}.for", step.for_)
    elif step.until is not None:
        yield from _field_name_problems(f"{place}.until.field", step.until.field)
    elif step.booking is not None:
        if (step.booking.before is None) is (step.booking.after is None):
            yield FieldError(f"{place}.booking", message("Choose either before or after the booking."))
        if not here.has_booking:
            yield FieldError(f"{place}.booking", NO_BOOKING)
    else:
        yield from _link_wait_problems(place, step, here)


def _link_wait_problems(place: str, step: Wait, here: Available) -> Iterator[FieldError]:
    if not here.has_own_link:
        yield FieldError(f"{place}.link", NO_LINK)
    if step.timeout is None:
        yield FieldError(f"{place}.timeout", message("Say how long at most."))
    else:
        yield from _span_problems(f"{place}.timeout", step.timeout)


def _span_problems(place: str, span: Span) -> Iterator[FieldError]:
    if sum(length is not None for length in (span.minutes, span.hours, span.days)) != 1:
        yield FieldError(place, message("Give either minutes, hours or days."))
    elif span.at is not None and span.days is None:
        yield FieldError(f"{place}.at", message("A time of day goes with days only."))


def _field_name_problems(place: str, name: str) -> Iterator[FieldError]:
    if not name:
        yield FieldError(place, REQUIRED)
    elif not re.fullmatch(FIELD_NAME, name):
        yield FieldError(place, message("Small letters, digits and _, beginning with a letter."))


def _branch_problems(place: str, step: Branch, here: Available) -> Iterator[FieldError]:
    if not step.when.conditions:
        yield FieldError(f"{place}.when.conditions", message("Add a condition."))
    for number, condition in enumerate(step.when.conditions):
        yield from _condition_problems(f"{place}.when.conditions.{number}", condition, here)


def _condition_problems(place: str, condition: Condition, here: Available) -> Iterator[FieldError]:
    about = condition.about
    choices = {"link": LINK_VALUES, "booking": BOOKING_VALUES}.get(about)
    if about == "link" and not here.has_link:
        yield FieldError(f"{place}.about", NO_LINK)
    elif about == "booking" and not here.has_booking:
        yield FieldError(f"{place}.about", NO_BOOKING)
    elif choices is None and not _is_about_contact(about):
        yield FieldError(f"{place}.about", message("There is no %(name)s.", name=about))
    elif choices is not None and condition.is_ in {"contains", "contains_not"}:
        yield FieldError(f"{place}.is", message("Only for texts and tags."))
    elif condition.is_ in {"set", "not_set"}:
        return
    elif choices is not None and condition.value not in choices:
        yield FieldError(
            f"{place}.value", message("Choose one of these: %(known)s.", known=", ".join(choices))
        )
    elif not condition.value.strip():
        yield FieldError(f"{place}.value", REQUIRED)


def _is_about_contact(about: str) -> bool:
    if about.startswith(FIELD):
        return re.fullmatch(FIELD_NAME, about.removeprefix(FIELD)) is not None
    return about == TAGS or (about.removeprefix("contact.") in CONTACT_TEXTS and about.startswith("contact."))
