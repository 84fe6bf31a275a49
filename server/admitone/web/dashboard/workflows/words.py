"""The names of triggers, steps and choices of workflows, as the dashboard shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.texts.message import message, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.workflows.trigger import TriggerKind
    from admitone.domain.workflows.workflow import ReEntry


class StepWords(msgspec.Struct, frozen=True):
    """What a kind of step is called, what it does, and the name of its icon."""

    name: str
    meaning: str
    icon: str


STEPS: Mapping[str, StepWords] = {
    "generate_one_time_booking_link": StepWords(
        phrase("Generate one-time booking link"), message("Makes a new link for this contact alone."), "links"
    ),
    "send_email": StepWords(
        phrase("Send email"), message("Sends a mail to the contact from the sender’s mailbox."), "mail"
    ),
    "wait": StepWords(
        phrase("Wait"),
        message("For a time, until a date, around the booking, or until the link is opened or booked."),
        "event-types",
    ),
    "if": StepWords(
        phrase("If/else"), message("Goes one way if conditions hold, and another way otherwise."), "branch"
    ),
    "add_tags": StepWords(phrase("Add tag"), message("Adds tags to the contact."), "tag"),
    "remove_tags": StepWords(phrase("Remove tag"), message("Removes tags from the contact."), "tag"),
    "set_field": StepWords(
        phrase("Set field"), message("Writes one of the contact’s custom fields."), "field"
    ),
    "call_webhook": StepWords(
        phrase("Call webhook"), message("Sends a message to one of your programs."), "webhook"
    ),
    "notify_host": StepWords(
        phrase("Notify host"), message("Sends a mail to the user whose mailbox the workflow uses."), "notify"
    ),
    "stop": StepWords(phrase("Stop"), message("Ends the run here."), "stop"),
}
"""By the kind of step, in the order in which they are offered."""

TRIGGERS: Mapping[TriggerKind, str] = {
    "manual": message("An administrator adds a contact by hand, or by the API"),
    "contact.created": message("A contact is added"),
    "contact.tagged": message("A tag is added to a contact"),
    "hook": message("A form or another program sends data to the inbound hook"),
    "link.opened": message("A one-time link is opened"),
    "link.not_booked": message("A one-time link is not booked for some days"),
    "link.expired": message("A one-time link expires unused"),
    "booking.scheduled": message("A booking is scheduled"),
    "booking.rescheduled": message("A booking is rescheduled"),
    "booking.cancelled": message("A booking is cancelled"),
    "booking.completed": message("A booking is completed"),
    "booking.no_show": message("A booking is a no-show"),
}

RE_ENTRY: Mapping[ReEntry, tuple[str, str]] = {
    "never": (message("Once"), message("A contact enters this workflow once and never again.")),
    "when_finished": (
        message("Again when finished"),
        message("A contact enters again once their run has ended."),
    ),
    "always": (
        message("Always"),
        message("A contact enters each time, also while an earlier run is under way."),
    ),
}

STOP_ON_BOOKING: Mapping[str, tuple[str, str]] = {
    "own": (
        message("When one of its links is booked"),
        message("A run ends when a link that it made is booked, whoever books."),
    ),
    "any": (
        message("When the contact books anything"),
        message("A run ends when the contact’s address books by any link or page."),
    ),
    "never": (message("Never"), message("A run goes on to its last step.")),
}
"""`never` is null in the document."""

SIDES: Mapping[str, str] = {"then": message("If so"), "else": message("Otherwise")}
"""The two branches of an *If/else*."""

RUN_STATUSES: Mapping[str, str] = {
    "waiting": message("Waiting"),
    "running": message("Under way"),
    "done": message("Done"),
    "failed": message("Failed"),
    "stopped": message("Stopped"),
}
"""What runs are called by their status."""

ENTRY_STATUSES: Mapping[str, str] = {
    "done": message("Done"),
    "skipped": message("Skipped"),
    "failed": message("Failed"),
    "waiting": message("Waiting"),
}
"""What became of one step of a run."""

STATUSES: Mapping[str, str] = {
    "draft": message("Draft"),
    "published": message("Published"),
    "unpublished": message("Unpublished"),
    "paused": message("Paused"),
}
"""What the chip of a workflow says."""
