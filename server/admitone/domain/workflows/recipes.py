"""Recipes: drafts to start from. What differs between workspaces, such as the page, is left to choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

import msgspec

from admitone.domain.workflows.steps import Branch, Condition, GenerateLink, SendEmail, Span, Stop, Wait, When
from admitone.domain.workflows.trigger import Trigger
from admitone.domain.workflows.workflow import WorkflowBody
from admitone.texts.message import message

RecipeName = Literal["new-lead", "no-show", "cancelled", "meeting-done"]
Say = Callable[[str], str]
"""Says a message in the language of whoever starts from the recipe."""


class Recipe(msgspec.Struct, frozen=True):
    """A draft to start from: its name, what it does, and how it is made."""

    name: str
    meaning: str
    draft: Callable[[Say], WorkflowBody]


def _mail(step: str, say: Say, subject: str, text: str) -> SendEmail:
    return SendEmail(id=step, subject=say(subject), text=say(text))


def _new_lead(say: Say) -> WorkflowBody:
    return WorkflowBody(
        name=say(message("New lead")),
        trigger=Trigger(kind="contact.created"),
        steps=(
            GenerateLink(id="link"),
            _mail("invitation", say, message("Let’s find a time to talk"), _INVITATION),
            Wait(id="wait", link="booked", timeout=Span(days=3)),
            Branch(
                id="is_booked",
                when=When("all", (Condition("link", "is", "booked"),)),
                then=(Stop(id="end"),),
                else_=(_mail("reminder", say, message("Your link is still waiting for you"), _REMINDER),),
            ),
        ),
        stop_on_booking="own",
    )


def _no_show(say: Say) -> WorkflowBody:
    return WorkflowBody(
        name=say(message("No-show")),
        trigger=Trigger(kind="booking.no_show"),
        steps=(
            Wait(id="wait", for_=Span(hours=1)),
            GenerateLink(id="link"),
            _mail("apology", say, message("Sorry that we missed each other"), _MISSED),
        ),
        re_entry="when_finished",
        stop_on_booking="any",
    )


def _cancelled(say: Say) -> WorkflowBody:
    return WorkflowBody(
        name=say(message("Cancelled booking")),
        trigger=Trigger(kind="booking.cancelled"),
        steps=(
            Wait(id="wait", for_=Span(hours=2)),
            GenerateLink(id="link"),
            _mail("new_time", say, message("Would another time suit you?"), _NEW_TIME),
        ),
        re_entry="when_finished",
        stop_on_booking="any",
    )


def _meeting_done(say: Say) -> WorkflowBody:
    return WorkflowBody(
        name=say(message("Meeting done")),
        trigger=Trigger(kind="booking.completed"),
        steps=(
            _mail("thanks", say, message("Thank you for your time"), _THANKS),
            Wait(id="wait", for_=Span(days=90, at="09:00")),
            GenerateLink(id="link"),
            _mail("next", say, message("Time for our next meeting"), _NEXT),
        ),
        re_entry="when_finished",
        stop_on_booking="any",
    )


_INVITATION = message(
    """Hello{% if contact.first_name %} {{ contact.first_name }}{% endif %},

thank you for your interest. Please choose a time that suits you:

{{ generate_one_time_booking_link.one_time_link }}

This link is for you alone and good for one booking.

{{ user.name }}"""
)
_REMINDER = message(
    """Hello{% if contact.first_name %} {{ contact.first_name }}{% endif %},

there is still time to choose one that suits you:

{{ generate_one_time_booking_link.one_time_link }}

{{ user.name }}"""
)
_MISSED = message(
    """Hello{% if contact.first_name %} {{ contact.first_name }}{% endif %},

we are sorry that we missed each other. Please choose another time here:

{{ generate_one_time_booking_link.one_time_link }}

{{ user.name }}"""
)
_NEW_TIME = message(
    """Hello{% if contact.first_name %} {{ contact.first_name }}{% endif %},

your booking was cancelled. If another time suits you better, please choose it here:

{{ generate_one_time_booking_link.one_time_link }}

{{ user.name }}"""
)
_THANKS = message(
    """Hello{% if contact.first_name %} {{ contact.first_name }}{% endif %},

thank you for meeting us.

{{ user.name }}"""
)
_NEXT = message(
    """Hello{% if contact.first_name %} {{ contact.first_name }}{% endif %},

three months have passed since we met. Please choose a time for our next meeting:

{{ generate_one_time_booking_link.one_time_link }}

{{ user.name }}"""
)

RECIPES: Final[Mapping[RecipeName, Recipe]] = {
    "new-lead": Recipe(
        message("New lead"),
        message("One-time link by email, a reminder if it is not booked in 3 days, and an end when it is."),
        _new_lead,
    ),
    "no-show": Recipe(
        message("No-show"),
        message("Whoever missed their meeting gets an apology with a new link."),
        _no_show,
    ),
    "cancelled": Recipe(
        message("Cancelled booking"), message("Offers a new time after a cancellation."), _cancelled
    ),
    "meeting-done": Recipe(
        message("Meeting done"),
        message("A thank you when the meeting is over, and the link for the next one in 3 months."),
        _meeting_done,
    ),
}
