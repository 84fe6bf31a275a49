"""The kinds of mail that a workspace sends, their templates, and the reminders."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol, get_args

import msgspec
from msgspec import Meta

from admitone.domain.errors import FieldError
from admitone.domain.text import line_problems, text_problems

MailKind = Literal[
    "confirmation",
    "rescheduled",
    "cancelled",
    "reassigned",
    "reminder",
    "manage_link",
    "host_scheduled",
    "host_rescheduled",
    "host_cancelled",
    "host_reassigned",
]
MAIL_KINDS: tuple[MailKind, ...] = get_args(MailKind)

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
        """What is wrong with the texts, apart from their Liquid."""
        found = line_problems("subject", self.subject, most=SUBJECT)
        if not self.text.strip():
            found.append(FieldError("text", "This is needed."))
        found += text_problems("text", self.text, most=BODY)
        return found + text_problems("html", self.html, most=BODY)


class MailTemplate(MailTemplateBody, frozen=True, kw_only=True):
    """A template that a workspace has written; for kinds without one the built-in template is used."""

    updated_at: int


def reminders_for(settings: WithReminders, event_type: WithReminders | None) -> list[int]:
    """When the customers of an event type are reminded, in minutes before the start."""
    if event_type is not None and event_type.reminders is not None:
        return event_type.reminders
    return settings.reminders or []


def reminder_problems(field: str, reminders: list[int]) -> list[FieldError]:
    """What is wrong with reminders beyond their numbers."""
    if len(set(reminders)) != len(reminders):
        return [FieldError(field, "A reminder is named twice.")]
    return []
