"""A booking page: one user's bookable page (docs/api.md)."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

import msgspec

from admitone.domain.availability.schedule import Schedule
from admitone.domain.availability.schedule_hours import Hours
from admitone.domain.errors import FieldError
from admitone.domain.pages.form import FormField, form_problems
from admitone.domain.text import line_problems, text_problems
from admitone.domain.tokens import CODE_LENGTH

_SLUG = re.compile(r"[a-z0-9-]{3,60}")
LOCALE_PROBLEM = "This is not a language tag such as `en` or `pt-BR`."
RESERVED_SLUGS = frozenset(
    """
    about account addon admin api app assets auth availability billing book booking bookings
    calendar callback contact dashboard demo docs error events favicon google health healthz help
    home hooks icons images invitations invite legal link links login logout manage master metrics
    new oauth pages ping pools preview pricing privacy problems profile public readyz reports reset
    resend robots security settings share sign-in sign-out sign-up signin signout signup sitemap
    static status support team teams terms test users webhooks well-known workflows workspace www
    """.split()  # noqa: SIM905 - sixty quoted words would be harder to read
)


class BookingPageBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes of a booking page; `owner` left out is the caller."""

    title: str
    slug: str
    schedule: Schedule
    event_types: list[str]
    description: str = ""
    general_link: bool = True
    enabled: bool = True
    form: list[FormField] = []
    locale: str = "en"
    theme: Literal["light", "dark", "auto"] = "auto"
    owner: str | None = None

    def problems(self) -> list[FieldError]:
        """What is wrong with the values, beyond their types; records that they name are not looked at."""
        found = line_problems("title", self.title)
        found += text_problems("description", self.description)
        if message := slug_problem(self.slug):
            found.append(FieldError("slug", message))
        if len(set(self.event_types)) != len(self.event_types):
            found.append(FieldError("event_types", "An event type is named twice."))
        if not is_locale(self.locale):
            found.append(FieldError("locale", LOCALE_PROBLEM))
        found += [
            FieldError(f"schedule.{problem.field}", problem.message) for problem in self.schedule.problems()
        ]
        return found + form_problems(self.form)


class BookingPage(BookingPageBody, frozen=True, kw_only=True, dict=True):
    """A booking page as it is stored; `owner` is the host of its bookings."""

    id: str
    created_at: int
    owner: str

    @cached_property
    def hours(self) -> Hours:
        """The compiled schedule, cached with this record."""
        return Hours(self.schedule)


def is_locale(text: str) -> bool:
    """Whether the text has the form of a language tag (BCP 47)."""
    return re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text) is not None


def slug_problem(slug: str) -> str | None:
    """A sentence that says what is wrong with a slug, or None.

    Twenty letters and digits could be a one-time code, which `/api/v1/book/CODE` accepts without its dot.
    """
    if not _SLUG.fullmatch(slug):
        return "Use 3 to 60 lower-case letters, digits and hyphens."
    if slug in RESERVED_SLUGS:
        return "This word is reserved. Choose another one."
    if len(slug) == CODE_LENGTH and "-" not in slug:
        return "Twenty letters and digits look like a one-time code. Add a hyphen."
    return None
