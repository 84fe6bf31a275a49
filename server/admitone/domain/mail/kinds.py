"""The mails that a workspace sends, what causes each, and the templates that administrators write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, Protocol

import msgspec
from msgspec import Meta

from admitone.domain.errors import FieldError
from admitone.domain.event import EventKind
from admitone.domain.text import is_blank, line_problems, text_problems
from admitone.texts.message import message

MailKind = Literal[
    "confirmation",
    "rescheduled",
    "cancelled",
    "reassigned",
    "reminder",
    "manage_link",
    "email_code",
    "link",
    "link_reminder",
    "guest_invited",
    "guest_rescheduled",
    "guest_cancelled",
    "guest_reassigned",
    "host_scheduled",
    "host_rescheduled",
    "host_cancelled",
    "host_reassigned",
]


class MailSpec(msgspec.Struct, frozen=True):
    """One kind of mail: its name and when it is sent, as administrators read it, and its causes.

    `to` names the recipient, `after` lists the events that cause it. A mail without events has its own job.
    """

    name: str
    sent: str
    to: Literal["customer", "guests", "hosts", "former_host"]
    after: Sequence[EventKind] = ()


MAILS: Mapping[MailKind, MailSpec] = {
    "confirmation": MailSpec(
        message("Confirmation"),
        message("To the customer, when they have booked"),
        "customer",
        ["booking.scheduled"],
    ),
    "rescheduled": MailSpec(
        message("Moved"),
        message("To the customer, when their booking was moved"),
        "customer",
        ["booking.rescheduled"],
    ),
    "cancelled": MailSpec(
        message("Cancelled"),
        message("To the customer, when their booking was cancelled"),
        "customer",
        ["booking.cancelled"],
    ),
    "reassigned": MailSpec(
        message("Taken over"),
        message("To the customer, when the booking was given to another host"),
        "customer",
        ["booking.reassigned"],
    ),
    "reminder": MailSpec(message("Reminder"), message("To the customer, before it starts"), "customer"),
    "manage_link": MailSpec(
        message("Address of a booking"),
        message("To the customer, when they ask for it on a used link"),
        "customer",
        ["manage_link.requested"],
    ),
    "email_code": MailSpec(
        message("Code"),
        message("To the customer, to confirm their address before they book by a general link"),
        "customer",
        ["email_code.requested"],
    ),
    "link": MailSpec(
        message("One-time link"),
        message("To the person of a personalised link, when a host emails it"),
        "customer",
        ["link.emailed"],
    ),
    "link_reminder": MailSpec(
        message("Reminder of a link"),
        message("To the person of a personalised link that was not booked, when a host nudges them"),
        "customer",
        ["link.reminded"],
    ),
    "guest_invited": MailSpec(
        message("Invitation"),
        message("To each guest, when the customer has booked, unless Google invites them"),
        "guests",
        ["booking.scheduled"],
    ),
    "guest_rescheduled": MailSpec(
        message("Moved, for guests"),
        message("To each guest, when the booking was moved, unless Google tells them"),
        "guests",
        ["booking.rescheduled"],
    ),
    "guest_cancelled": MailSpec(
        message("Cancelled, for guests"),
        message("To each guest, when the booking was cancelled, unless Google tells them"),
        "guests",
        ["booking.cancelled"],
    ),
    "guest_reassigned": MailSpec(
        message("Taken over, for guests"),
        message("To each guest, when the booking was given to another host, unless Google tells them"),
        "guests",
        ["booking.reassigned"],
    ),
    "host_scheduled": MailSpec(
        message("New booking"),
        message("To the hosts, when somebody has booked"),
        "hosts",
        ["booking.scheduled", "booking.reassigned"],
    ),
    "host_rescheduled": MailSpec(
        message("Moved, for hosts"),
        message("To the hosts but whoever moved it"),
        "hosts",
        ["booking.rescheduled"],
    ),
    "host_cancelled": MailSpec(
        message("Cancelled, for hosts"),
        message("To the hosts but whoever cancelled it"),
        "hosts",
        ["booking.cancelled"],
    ),
    "host_reassigned": MailSpec(
        message("Taken over, for hosts"),
        message("To the host whose booking was given to another"),
        "former_host",
    ),
}
"""Every mail that a workspace sends; docs/mail.md lists them too."""
MAIL_KINDS: tuple[MailKind, ...] = tuple(MAILS)

SUBJECT = 300
BODY = 20_000
"""Characters in a template at most."""

Reminders = Annotated[list[Annotated[int, Meta(ge=5, le=20160)]], Meta(max_length=3)]
"""Minutes before the start, 5 minutes to 14 days, each once."""


class WithReminders(Protocol):
    """The settings, or an event type, where None means that the settings apply."""

    @property
    def reminders(self) -> list[int] | None:
        """Minutes before the start."""


class MailTemplateBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an administrator writes of one mail, in Liquid; without `html` it goes out as text only."""

    subject: str
    text: str
    html: str = ""

    def problems(self) -> list[FieldError]:
        """The errors in the texts, apart from their Liquid."""
        found = line_problems("subject", self.subject, most=SUBJECT)
        if is_blank(self.text):
            found.append(FieldError("text", message("This field is required.")))
        found += text_problems("text", self.text, most=BODY)
        return found + text_problems("html", self.html, most=BODY)


class MailTemplate(MailTemplateBody, frozen=True, kw_only=True):
    """A template that a workspace has written; for kinds without one the built-in template is used."""

    updated_at: int


def mail_after(event: EventKind, to: Literal["customer", "guests", "hosts"]) -> MailKind | None:
    """The mail that follows from an event for the customer, for guests or for hosts; None if none does."""
    return next((kind for kind, mail in MAILS.items() if mail.to == to and event in mail.after), None)


def reminders_for(settings: WithReminders, event_type: WithReminders | None) -> list[int]:
    """The reminders of an event type's customers, in minutes before the start."""
    if event_type is not None and event_type.reminders is not None:
        return event_type.reminders
    return settings.reminders or []


def reminder_problems(field: str, reminders: list[int]) -> list[FieldError]:
    """The errors in reminders, beyond their range."""
    if len(set(reminders)) != len(reminders):
        return [FieldError(field, message("A reminder is named twice."))]
    return []
