"""Settings as sentences: what they say in English, and that lengths, lists and dates are the reader's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from admitone.domain.availability.case import Dates, RollingDays
from admitone.domain.bookings.policy import Permission, Policy
from admitone.domain.pages.event_type import EventTypeValues, Location
from admitone.domain.pages.form import FormField
from admitone.domain.people.reader import reader_for
from admitone.web.dashboard.pages.setting_sentences import Sentences
from admitone.web.http.html import date_text

CHRISTMAS = Dates(date(2026, 12, 24), date(2026, 12, 26))


def sentences(tag: str) -> Sentences:
    """What a reader of this language is told."""
    return Sentences(date_text(reader_for([tag]), "Europe/Paris"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "30 minutes, starting every 30 minutes."),
        ({"increment_minutes": 60}, "30 minutes, starting every 1 hour."),
        ({"min_notice_minutes": 0}, "No minimum notice."),
        ({"min_notice_minutes": 90}, "At least 90 minutes ahead."),
        ({"buffer_before_minutes": 5}, "5 minutes kept free before each booking."),
        ({"buffer_after_minutes": 60}, "1 hour kept free after each booking."),
        ({"window": None}, "No limit on how far ahead."),
        ({"window": RollingDays(0)}, "Today only."),
        ({"window": RollingDays(1)}, "Up to 1 day ahead."),
        ({"window": CHRISTMAS}, "From Thu, 24 Dec 2026 to Sat, 26 Dec 2026."),
        ({"max_per_day": 1}, "At most 1 booking per day."),
        ({"max_per_week": 2}, "At most 2 bookings per week."),
        ({"max_shown_per_day": 2}, "Customers see at most 2 times per day."),
    ],
)
def test_time_slots(changes: dict[str, Any], said: str) -> None:
    assert said in sentences("en-GB").time_slots(
        EventTypeValues(name="Half an hour", duration_minutes=30, **changes)
    )


def test_policies() -> None:
    told = Policy(cancel=Permission("until", 120), max_reschedules=1, reason="required")
    assert sentences("en").policy(told) == [
        "Customers may cancel until 2 hours before it starts.",
        "Customers may reschedule at any time.",
        "They may reschedule once at most.",
        "They must give a reason.",
    ]
    never = Policy(cancel=Permission("never"), reschedule=Permission("never"), max_reschedules=1)
    assert sentences("en").policy(never)[:2] == [
        "Customers may not cancel.",
        "Customers may not reschedule.",
    ]


def test_reminders_places_and_questions() -> None:
    said = sentences("en")
    assert said.reminders(None) == "As set for the workspace"
    assert said.reminders([]) == "None"
    assert said.reminders([1440, 90]) == "1 day before, 90 minutes before"
    assert said.location(Location("phone", "+33 1")) == "Phone: +33 1"
    assert said.location(Location("in_person")) == "In person"
    choice = FormField(id="team", label="Team?", kind="select", required=True, options=["A", "B"])
    assert said.question(choice) == "Choice, required"


def test_days_lengths_dates_and_lists_are_the_readers() -> None:
    german = sentences("de")
    assert german.days[0] == ("mon", "Montag")
    assert [german.span(minutes) for minutes in (90, 60, 2880)] == ["90 Minuten", "1 Stunde", "2 Tage"]
    assert german.date("2026-12-24") == "Do., 24. Dez. 2026"
    assert sentences("ja").hours([("09:00", "12:30"), ("13:30", "17:00")]) == "09:00–12:30 13:30–17:00"
