"""How reports say figures: numbers, times and differences, and what each figure means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import format_compact_decimal, format_decimal, format_percent

from admitone.texts.message import count_message, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.date_text import DateText
    from admitone.domain.reports.figures import Dimension, Figure
    from admitone.usecases.reports.summary import GroupBy

GROUPINGS: Mapping[GroupBy, tuple[str, str]] = {
    "day": (message("Day"), message("by day")),
    "week": (message("Week"), message("by week")),
    "page": (message("Page"), message("by page")),
    "event_type": (message("Event type"), message("by event type")),
    "host": (message("Host"), message("by host")),
    "channel": (message("Channel"), message("by channel")),
    "workflow": (message("Workflow"), message("by workflow")),
    "domain": (message("Domain"), message("by domain")),
}
"""The name of each grouping, and how the title of a chart names it."""
KINDS: Mapping[Dimension, str] = {
    "page": message("Pages"),
    "event_type": message("Event types"),
    "host": message("Hosts"),
    "channel": message("Channels"),
    "workflow": message("Workflows"),
    "domain": message("Domains"),
}
"""What a report can be about, in the order in which it is offered."""
MEANINGS: Mapping[Figure, str] = {
    "made": message("Links that were created in these days."),
    "fetched": message(
        "Of the links made in these days, those whose address was requested: by a person, or by a program "
        "such as a mail scanner."
    ),
    "opened": message(
        "Of the links made in these days, those on whose page a person was seen, once each. Programs that "
        "only request the address do not count."
    ),
    "booked": message(
        "Of the links made in these days, those that were redeemed, once each. A link that was reactivated "
        "and redeemed again counts once."
    ),
    "scheduled": message("Bookings that were made in these days, by one-time links and general links."),
    "rescheduled": message("Changes of the start of a booking, each time."),
    "cancelled": message("Bookings that were cancelled before their start. No other figure goes down by it."),
    "cancelled_after_start": message(
        "Bookings that were cancelled after their start. These are no no-shows."
    ),
    "no_show": message("Bookings that were marked as a no-show. Taking the mark back takes it off again."),
    "completed": message("Bookings that ended, and were neither cancelled nor marked as a no-show."),
}
"""What counts (docs/reports.md)."""
MEDIANS: Mapping[str, tuple[str, str]] = {
    "to_open_minutes": (
        message("Median time to open"),
        message("From when a link was made to when it was first opened. Half of the links took less."),
    ),
    "to_book_minutes": (
        message("Median time to book"),
        message("From when a link was made to when it was first booked. Half of the links took less."),
    ),
    "lead_minutes": (
        message("Median lead time"),
        message("From when a booking was made to its first start. Half of the bookings had less."),
    ),
}
"""The name and the meaning of each median, by its field in `Medians`."""
HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60
BRIEF_FROM = 10_000


class Words:
    """Says figures to the reader for whom `clock` writes."""

    def __init__(self, clock: DateText) -> None:
        self.clock = clock
        self.reader = clock.reader
        self.is_mirrored = clock.reader.direction == "rtl"

    def say(self, text: str) -> str:
        """A message in the reader's language."""
        return self.reader.texts.say(text)

    def number(self, number: int) -> str:
        """`1,200`."""
        return format_decimal(number, locale=self.reader.locale, numbering_system="latn")

    def brief(self, number: int) -> str:
        """`1,200`, or `20K` from ten thousand on, where a chart has little room."""
        if number < BRIEF_FROM:
            return self.number(number)
        return format_compact_decimal(
            number, locale=self.reader.locale, fraction_digits=1, numbering_system="latn"
        )

    def share(self, part: float) -> str:
        """`33%`, of a share from 0 to 1."""
        return format_percent(part, locale=self.reader.locale, numbering_system="latn")

    def length(self, minutes: int) -> str:
        """A median as no more exact than it is (domain/reports/spans.py): `2 hours 10 minutes`, `5 days`."""
        if minutes == 0:
            return self.say(message("less than a minute"))
        grain = 1 if minutes < HOUR else 10 if minutes < DAY else HOUR if minutes < WEEK else DAY
        return self.clock.duration(round(minutes / grain) * grain)

    def median(self, minutes: int | None) -> str:
        """A median, or a dash if nothing was counted."""
        return "–" if minutes is None else self.length(minutes)

    def difference(self, now: int, before: int, days: int) -> str:
        """`12 more than in the 30 days before`."""
        more = self.number(abs(now - before))
        if now > before:
            text = count_message(
                "%(more)s more than on the day before",
                "%(more)s more than in the %(count)s days before",
                count=days,
                more=more,
            )
        elif now < before:
            text = count_message(
                "%(less)s fewer than on the day before",
                "%(less)s fewer than in the %(count)s days before",
                count=days,
                less=more,
            )
        else:
            text = count_message(
                "As many as on the day before", "As many as in the %(count)s days before", count=days
            )
        return self.say(text)
