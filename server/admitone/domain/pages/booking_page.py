"""A booking page: one user's bookable page (docs/api.md)."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec

from admitone.domain.availability.schedule import Schedule
from admitone.domain.availability.schedule_hours import Hours
from admitone.domain.errors import FieldError
from admitone.domain.pages.form import FormField, form_problems
from admitone.domain.pages.language import Language
from admitone.domain.pages.page import page_problems
from admitone.texts.message import message


class BookingPageBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes of a booking page; `owner` left out is the caller.

    With `confirm_email`, bookings by the general link need a code that is mailed to the customer's address.
    `locale` fixes the language of the page; null leaves it to the workspace, and then to the browser.
    """

    title: str
    slug: str
    schedule: Schedule
    event_types: list[str]
    description: str = ""
    general_link: bool = True
    confirm_email: bool = False
    enabled: bool = True
    form: list[FormField] = []
    locale: Language | None = None
    theme: Literal["light", "dark", "auto"] = "auto"
    owner: str | None = None

    def problems(self) -> list[FieldError]:
        """The errors in the values, beyond their types; records that they name are not read."""
        found = page_problems(self)
        if len(set(self.event_types)) != len(self.event_types):
            found.append(FieldError("event_types", message("An event type is named twice.")))
        found += [
            FieldError(f"schedule.{problem.field}", problem.message) for problem in self.schedule.problems()
        ]
        return found + form_problems(self.form)


class BookingPage(BookingPageBody, frozen=True, kw_only=True, dict=True):
    """A booking page as it is stored; `owner` is the host of its bookings."""

    id: str
    created_at: int
    owner: str
    locale: str | None = None

    @cached_property
    def hours(self) -> Hours:
        """The compiled schedule, cached with this record."""
        return Hours(self.schedule)
