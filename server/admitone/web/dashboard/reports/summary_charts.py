"""The charts of a summary, with the sentences that say what they show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.reports.day_range import DayRange
from admitone.texts.message import message
from admitone.usecases.reports.labels import FIGURE_NAMES
from admitone.usecases.reports.summary import BY_TIME
from admitone.web.charts.axis import evenly, month_starts
from admitone.web.charts.columns import ColumnChart, Place, draw_columns
from admitone.web.charts.funnel import FunnelChart, Step, draw_funnel
from admitone.web.charts.rows import Amount, Line, RowChart, draw_rows
from admitone.web.dashboard.reports.report_query import MOST_SINGLE_DAYS
from admitone.web.dashboard.reports.words import GROUPINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.reports.figures import Figure
    from admitone.usecases.reports.summary import Group, Summary
    from admitone.web.dashboard.reports.words import Words

MOST_ROWS = 12
"""Groups that a chart shows; its table has the others."""
FUNNEL: tuple[Figure, ...] = ("made", "opened", "booked")
EVENTS: tuple[Figure, ...] = (
    "scheduled",
    "rescheduled",
    "cancelled",
    "cancelled_after_start",
    "no_show",
    "completed",
)
"""The figures that count under the day on which something happened."""
TIME_TO_OPEN = message("Median time to open: %(time)s")
TIME_TO_BOOK = message("Median time to book: %(time)s")


class Said(msgspec.Struct, frozen=True):
    """A chart with its `title`, and with `text`, which says in a sentence what it shows."""

    title: str
    text: str
    drawn: ColumnChart | RowChart | FunnelChart


def group_chart(summary: Summary, figure: Figure, words: Words) -> Said:
    """One figure by the grouping of the summary: over time, or the largest groups."""
    return (_over_time if summary.group_by in BY_TIME else _by_key)(summary, figure, words)


def chart_title(summary: Summary, figure: Figure, words: Words) -> str:
    """`Bookings by week`."""
    name, grouping = words.say(FIGURE_NAMES[figure]), words.say(GROUPINGS[summary.group_by][1])
    return words.say(message("%(figure)s %(by_group)s", figure=name, by_group=grouping))


def group_name(summary: Summary, group: Group, words: Words) -> str:
    """The name of a group: a day, a week by its first day, or what it is called."""
    if summary.group_by == "day":
        return words.clock.day_short(date.fromisoformat(group.key), year=True)
    if summary.group_by == "week":
        day = words.clock.day_and_month_short(date.fromisoformat(group.key))
        return words.say(message("Week of %(day)s", day=day))
    return words.say(group.label)


def funnel_chart(summary: Summary, words: Words) -> Said:
    """Of the links made, how many were opened and booked, with the median times."""
    totals, medians = summary.totals, summary.medians
    between = {
        "opened": _median(TIME_TO_OPEN, medians.to_open_minutes, words),
        "booked": _median(TIME_TO_BOOK, medians.to_book_minutes, words),
    }
    steps = []
    for figure in FUNNEL:
        value = getattr(totals, figure)
        of_made = words.share(value / totals.made) if totals.made and figure != "made" else ""
        steps.append(Step(_step_name(figure, value, of_made, words), value, between.get(figure, "")))
    text = message(
        "%(made)s links made, %(opened)s opened, %(booked)s booked.",
        **{figure: words.number(getattr(totals, figure)) for figure in FUNNEL},
    )
    title = words.say(message("From link to booking"))
    return Said(title, words.say(text), draw_funnel(steps, is_mirrored=words.is_mirrored))


def comparison_chart(summary: Summary, words: Words) -> Said:
    """What happened in the days, beside what happened in as many days before."""
    lines = [
        Line(
            words.say(FIGURE_NAMES[figure]),
            [
                Amount(value, words.number(value), is_before)
                for of, is_before in ((summary.totals, False), (summary.before, True))
                for value in [getattr(of, figure)]
            ],
        )
        for figure in EVENTS
    ]
    days = len(DayRange(summary.first, summary.last))
    text = words.difference(summary.totals.scheduled, summary.before.scheduled, days)
    title = words.say(message("Compared with the time before"))
    said = words.say(message("Bookings: %(difference)s.", difference=text))
    return Said(title, said, draw_rows(lines, is_mirrored=words.is_mirrored))


def _over_time(summary: Summary, figure: Figure, words: Words) -> Said:
    places = [
        Place(value, _named_value(group_name(summary, group, words), value, words))
        for group in summary.groups
        for value in [_value(group, figure)]
    ]
    days = [date.fromisoformat(group.key) for group in summary.groups]
    names = _names(days, summary, words)
    drawn = draw_columns(places, names, words.brief, is_mirrored=words.is_mirrored)
    return Said(chart_title(summary, figure, words), _extremes(places, words), drawn)


def _names(days: Sequence[date], summary: Summary, words: Words) -> list[tuple[int, str]]:
    """The names of the axis: months of a long range, else days."""
    if len(DayRange(summary.first, summary.last)) > MOST_SINGLE_DAYS:
        return [(at, words.clock.month_short(days[at])) for at in month_starts(days)]
    return [(at, words.clock.day_and_month_short(days[at])) for at in evenly(len(days))]


def _by_key(summary: Summary, figure: Figure, words: Words) -> Said:
    largest = sorted(summary.groups, key=lambda group: -_value(group, figure))[:MOST_ROWS]
    places = [
        Place(_value(group, figure), _named_value(words.say(group.label), _value(group, figure), words))
        for group in largest
    ]
    lines = [
        Line(words.say(group.label), [Amount(place.value, words.number(place.value))])
        for group, place in zip(largest, places, strict=True)
    ]
    drawn = draw_rows(lines, is_mirrored=words.is_mirrored)
    return Said(chart_title(summary, figure, words), _extremes(places, words), drawn)


def _extremes(places: Sequence[Place], words: Words) -> str:
    """The largest value in words; a reader of the whole chart reads its table."""
    largest = max(places, key=lambda place: place.value, default=None)
    if largest is None or not largest.value:
        return words.say(message("Nothing was counted."))
    return words.say(message("The highest value: %(value)s.", value=largest.text))


def _value(group: Group, figure: Figure) -> int:
    value: int = getattr(group, figure)
    return max(0, value)


def _named_value(name: str, value: int, words: Words) -> str:
    return words.say(message("%(name)s: %(value)s", name=name, value=words.number(value)))


def _median(text: str, minutes: int | None, words: Words) -> str:
    return "" if minutes is None else words.reader.texts.say(text, time=words.length(minutes))


def _step_name(figure: Figure, value: int, of_made: str, words: Words) -> str:
    name, number = words.say(FIGURE_NAMES[figure]), words.number(value)
    if not of_made:
        return words.say(message("%(name)s: %(value)s", name=name, value=number))
    return words.say(message("%(name)s: %(value)s (%(share)s)", name=name, value=number, share=of_made))
