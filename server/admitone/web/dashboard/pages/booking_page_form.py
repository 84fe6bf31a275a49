"""The form of a booking page: from a record to its fields, and from what was sent to the API's document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.availability.schedule import Weekly
from admitone.domain.errors import FieldError
from admitone.store.records.search_words import fold
from admitone.web.dashboard.pages.question_form import Question, question_document, read_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.availability.schedule import Window
    from admitone.domain.pages.booking_page import BookingPage
    from admitone.web.dashboard.sent_form import SentForm

DAYS = Weekly.__struct_fields__
WORKING_DAYS = frozenset({"mon", "tue", "wed", "thu", "fri"})
OFFICE_HOURS = [("09:00", "17:00")]
LONGEST_SLUG = 60


class Override(msgspec.Struct):
    """The windows of one date; none is a day off."""

    date: str
    windows: list[tuple[str, str]]


class PageForm(msgspec.Struct):
    """Everything that the form of a page holds, in the order in which it is shown."""

    title: str = ""
    slug: str = ""
    description: str = ""
    event_types: list[str] = []
    timezone: str = "UTC"
    weekly: dict[str, list[tuple[str, str]]] = {}
    overrides: list[Override] = []
    questions: list[Question] = []
    general_link: bool = True
    enabled: bool = True
    theme: str = "auto"
    owner: str = ""


def new_page(timezone: str, owner: str, event_types: list[str]) -> PageForm:
    """What a new page starts from: office hours, and every event type there is."""
    weekly = {day: OFFICE_HOURS if day in WORKING_DAYS else [] for day in DAYS}
    return PageForm(timezone=timezone, owner=owner, weekly=weekly, event_types=event_types)


def page_as_form(page: BookingPage) -> PageForm:
    """The form of a page as it is."""
    schedule = page.schedule
    return PageForm(
        title=page.title,
        slug=page.slug,
        description=page.description,
        event_types=page.event_types,
        timezone=schedule.timezone,
        weekly={day: _shown(windows) for day, windows in zip(DAYS, schedule.weekly.days(), strict=True)},
        overrides=[Override(day, _shown(windows)) for day, windows in sorted(schedule.overrides.items())],
        questions=[
            Question(field.id, field.label, field.kind, field.required, "\n".join(field.options))
            for field in page.form
        ],
        general_link=page.general_link,
        enabled=page.enabled,
        theme=page.theme,
        owner=page.owner,
    )


def read_page(form: SentForm) -> PageForm:
    """What was sent; rows that were left empty are gone, so that places agree with those of errors."""
    overrides = [
        Override(form.text(f"override.{place}.date"), _windows(form, f"override.{place}"))
        for place in form.places("override")
    ]
    return PageForm(
        title=form.text("title"),
        slug=form.text("slug") or slug_from(form.text("title")),
        description=form.text("description"),
        event_types=form.texts("event_types"),
        timezone=form.text("schedule.timezone"),
        weekly={day: _windows(form, f"weekly.{day}") for day in DAYS},
        overrides=[override for override in overrides if override.date or override.windows],
        questions=read_questions(form),
        general_link=form.is_on("general_link"),
        enabled=form.is_on("enabled"),
        theme=form.text("theme"),
        owner=form.text("owner"),
    )


def page_document(page: PageForm) -> dict[str, Any]:
    """The document that the API would have been sent."""
    document = {
        "title": page.title,
        "slug": page.slug,
        "description": page.description,
        "event_types": page.event_types,
        "schedule": {
            "timezone": page.timezone,
            "weekly": page.weekly,
            "overrides": {override.date: override.windows for override in page.overrides},
        },
        "general_link": page.general_link,
        "enabled": page.enabled,
        "form": [question_document(question) for question in page.questions],
        "theme": page.theme,
    }
    return document | {"owner": page.owner} if page.owner else document


def page_problems(page: PageForm) -> list[FieldError]:
    """What the document cannot say: half a window, a date that is missing or stands twice."""
    found = [
        FieldError(f"schedule.weekly.{day}.{place}", "Give both times.")
        for day in DAYS
        for place, window in enumerate(page.weekly[day])
        if not all(window)
    ]
    seen: set[str] = set()
    for place, override in enumerate(page.overrides):
        if not override.date:
            found.append(FieldError(f"override.{place}", "Choose a date."))
        elif override.date in seen:
            found.append(FieldError(f"override.{place}", "This date stands here twice."))
        elif not all(all(window) for window in override.windows):
            found.append(FieldError(f"override.{place}", "Give both times."))
        seen.add(override.date)
    return found


def as_patch(document: dict[str, Any], before: BookingPage) -> dict[str, Any]:
    """The merge patch that makes `before` what the document says: dates that are gone are taken away."""
    gone = {day: None for day in before.schedule.overrides if day not in document["schedule"]["overrides"]}
    schedule = document["schedule"]
    return document | {"schedule": schedule | {"overrides": schedule["overrides"] | gone}}


def slug_from(title: str) -> str:
    """An address made of a title; what is left to be wanting is said at the field."""
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:LONGEST_SLUG].strip("-")


def _shown(windows: Sequence[Window]) -> list[tuple[str, str]]:
    """Windows as time fields can hold them: 24:00 is the 00:00 that a window runs up to."""
    return [(start[:5], "00:00" if end.startswith("24") else end[:5]) for start, end in windows]


def _windows(form: SentForm, prefix: str) -> list[tuple[str, str]]:
    windows = [
        (form.text(f"{prefix}.{place}.start"), form.text(f"{prefix}.{place}.end"))
        for place in form.places(prefix)
    ]
    return [window for window in windows if any(window)]
