"""The settings of event types and pages as sentences that hosts read."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from babel.dates import get_day_names
from babel.lists import format_list
from babel.units import format_unit

from admitone.domain.availability.case import Dates, RollingDays
from admitone.domain.availability.distribution import METHODS
from admitone.domain.availability.schedule import Weekly
from admitone.texts.message import count_message, message
from admitone.web.dashboard.spans import split_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from admitone.domain.availability.schedule import Window
    from admitone.domain.bookings.policy import Policy
    from admitone.domain.date_text import DateText
    from admitone.domain.pages.event_type import EventTypeValues, Location
    from admitone.domain.pages.form import FormField

LOCATIONS = {
    "google_meet": "Google Meet",
    "phone": message("Phone"),
    "in_person": message("In person"),
    "link": message("Another video link"),
    "ask": message("Ask the customer"),
}
THEMES = {
    "auto": message("As the customer’s device is set"),
    "light": message("Light"),
    "dark": message("Dark"),
}
QUESTION_KINDS = {
    "text": message("One line"),
    "textarea": message("Several lines"),
    "email": message("Email address"),
    "phone": message("Telephone number"),
    "select": message("Choice"),
    "checkbox": message("Tick box"),
}
PERMISSIONS = {
    ("cancel", "anytime"): message("Customers may cancel at any time."),
    ("cancel", "until"): message("Customers may cancel until %(length)s before it starts."),
    ("cancel", "never"): message("Customers may not cancel."),
    ("reschedule", "anytime"): message("Customers may reschedule at any time."),
    ("reschedule", "until"): message("Customers may reschedule until %(length)s before it starts."),
    ("reschedule", "never"): message("Customers may not reschedule."),
}
REASONS = {
    "off": message("They are not asked for a reason."),
    "optional": message("They may give a reason."),
    "required": message("They must give a reason."),
}


class Sentences:
    """Says settings in the language of one reader, whom `clock` writes for."""

    METHODS = METHODS
    """How a list's bookings are given to its members; names and meanings are messages."""

    def __init__(self, clock: DateText) -> None:
        self._clock = clock
        self._locale = clock.reader.locale
        self._say = clock.reader.texts.say

    @property
    def days(self) -> list[tuple[str, str]]:
        """The days of the week from Monday, by the names that schedules have for them."""
        names = get_day_names("wide", "stand-alone", self._locale)
        return [(day, names[place]) for place, day in enumerate(Weekly.__struct_fields__)]

    @property
    def locations(self) -> list[tuple[str, str]]:
        """The kinds of places to choose from."""
        return [(kind, self._say(name)) for kind, name in LOCATIONS.items()]

    @property
    def question_kinds(self) -> list[tuple[str, str]]:
        """The kinds of questions to choose from."""
        return [(kind, self._say(name)) for kind, name in QUESTION_KINDS.items()]

    @property
    def themes(self) -> list[tuple[str, str]]:
        """The appearances of a page to choose from."""
        return [(theme, self._say(name)) for theme, name in THEMES.items()]

    def theme(self, theme: str) -> str:
        """How a page looks."""
        return self._say(THEMES[theme])

    def span(self, minutes: int) -> str:
        """A length of time in the largest unit that divides it: 1440 is `1 day`, 90 is `90 minutes`."""
        count, unit = split_span(minutes)
        return format_unit(count, f"duration-{unit.removesuffix('s')}", locale=self._locale)

    def listed(self, texts: Sequence[str]) -> str:
        """Texts as a list without a last `and`: `09:00–12:30, 13:30–17:00`."""
        return format_list(texts, "unit", self._locale)

    def date(self, text: str) -> str:
        """A date that is written as in documents (ISO 8601), as the reader writes it: `Thu, Dec 3, 2026`."""
        return self._date(datetime.date.fromisoformat(text))

    def hours(self, windows: Sequence[Window]) -> str:
        """The windows of a day."""
        return self.listed([f"{start}–{end}" for start, end in windows]) or self._say(message("Closed"))

    def reminders(self, minutes: Sequence[int] | None) -> str:
        """When customers are reminded: minutes before the start, None for the workspace's own setting."""
        if minutes is None:
            return self._say(message("As set for the workspace"))
        before = [self._say(message("%(length)s before", length=self.span(each))) for each in minutes]
        return self.listed(before) or self._say(message("None"))

    def location(self, place: Location) -> str:
        """Where a booking takes place."""
        name = self._say(LOCATIONS[place.kind])
        if not place.detail:
            return name
        return self._say(message("%(place)s: %(detail)s", place=name, detail=place.detail))

    def question(self, field: FormField) -> str:
        """The kind of a question, and whether it must be answered."""
        kind = self._say(QUESTION_KINDS[field.kind])
        return self._say(message("%(kind)s, required", kind=kind)) if field.required else kind

    def time_slots(self, event_type: EventTypeValues) -> list[str]:
        """The time-slot settings, as one sentence for each."""
        return [self._say(each) for each in self._time_slots(event_type)]

    def policy(self, rules: Policy) -> list[str]:
        """What customers may do with a booking, as one sentence for each rule."""
        said = [
            self._say(PERMISSIONS[action, permission.allow], length=self.span(permission.minutes or 0))
            for action, permission in (("cancel", rules.cancel), ("reschedule", rules.reschedule))
        ]
        if rules.max_reschedules is not None and rules.reschedule.allow != "never":
            most = count_message(
                "They may reschedule once at most.",
                "They may reschedule %(count)s times at most.",
                count=rules.max_reschedules,
            )
            said.append(self._say(most))
        return [*said, self._say(REASONS[rules.reason])]

    def _time_slots(self, event_type: EventTypeValues) -> Iterator[str]:
        length = self.span(event_type.duration_minutes)
        step = self.span(event_type.increment_minutes or event_type.duration_minutes)
        yield message("%(length)s, starting every %(step)s.", length=length, step=step)
        if notice := event_type.min_notice_minutes:
            yield message("At least %(length)s ahead.", length=self.span(notice))
        else:
            yield message("No minimum notice.")
        yield self._window(event_type)
        if before := event_type.buffer_before_minutes:
            yield message("%(length)s kept free before each booking.", length=self.span(before))
        if after := event_type.buffer_after_minutes:
            yield message("%(length)s kept free after each booking.", length=self.span(after))
        yield from _limits(event_type)

    def _window(self, event_type: EventTypeValues) -> str:
        """Which dates can be booked."""
        window = event_type.window
        if isinstance(window, RollingDays):
            if window.days == 0:
                return message("Today only.")
            return message("Up to %(length)s ahead.", length=self.span(window.days * 1440))
        if isinstance(window, Dates):
            first, last = self._date(window.first), self._date(window.last)
            return message("From %(first)s to %(last)s.", first=first, last=last)
        return message("No limit on how far ahead.")

    def _date(self, day: datetime.date) -> str:
        return self._clock.day_short(day, year=True)


def _limits(event_type: EventTypeValues) -> Iterator[str]:
    """How many bookings and times there are at most."""
    if (most := event_type.max_per_day) is not None:
        yield count_message(
            "At most %(count)s booking per day.", "At most %(count)s bookings per day.", count=most
        )
    if (most := event_type.max_per_week) is not None:
        yield count_message(
            "At most %(count)s booking per week.", "At most %(count)s bookings per week.", count=most
        )
    if (most := event_type.max_shown_per_day) is not None:
        yield count_message(
            "Customers see at most %(count)s time per day.",
            "Customers see at most %(count)s times per day.",
            count=most,
        )
