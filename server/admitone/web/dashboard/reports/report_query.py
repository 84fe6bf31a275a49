"""What the address of a report asks for: days, grouping, figure, and the one thing that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast, get_args

import msgspec

from admitone.domain.documents import convert
from admitone.domain.reports.day_range import DayRange, chosen_range
from admitone.domain.reports.figures import FIGURES, Dimension, Figure
from admitone.texts.message import message
from admitone.usecases.reports.summary import BY_TIME, FILTERS, GroupBy, SummaryQuery

RANGES: Mapping[str, str] = {
    "7": message("7 days"),
    "30": message("30 days"),
    "90": message("90 days"),
    "month": message("This month"),
    "last-month": message("Last month"),
    "year": message("This year"),
    "own": message("Own range"),
}
"""The ranges to choose from. `own` is the range from `from` to `to`."""
USUAL = "30"
MOST_SINGLE_DAYS = 92
"""A report of more days is by week, unless its address says otherwise."""


class ReportQuery(msgspec.Struct, frozen=True):
    """A report to show; `given` has the texts of `from` and `to` as they stand in the address.

    `only` is a dimension and its key; it is None for a report about everything.
    """

    range: str
    given: Mapping[str, str]
    by: GroupBy | None
    figure: Figure
    only: tuple[Dimension, str] | None


def read_report_query(asked: Mapping[str, str], *, sees_all: bool) -> ReportQuery:
    """The report that an address asks for; what it says wrongly counts as not said, except for dates.

    Who sees only their own figures gets them by time.
    """
    dimension, _, key = asked.get("only", "").partition(":")
    is_filtered = sees_all and dimension in FILTERS and bool(key)
    by = asked.get("by", "")
    groupings = get_args(GroupBy) if sees_all and not is_filtered else BY_TIME
    figure = asked.get("figure", "")
    return ReportQuery(
        range=read_range(asked),
        given={name: asked[name] for name in ("from", "to") if asked.get(name)},
        by=cast("GroupBy", by) if by in groupings else None,
        figure=figure if figure in FIGURES else "scheduled",
        only=(cast("Dimension", dimension), key) if is_filtered else None,
    )


def read_range(asked: Mapping[str, str]) -> str:
    """The range that an address names, or the usual one."""
    chosen = asked.get("range", "")
    return chosen if chosen in RANGES else USUAL


def summary_query(query: ReportQuery, today: date) -> SummaryQuery:
    """The query of the use case; raises Invalid for dates that are no range."""
    filters: dict[str, str] = dict([query.only]) if query.only else {}
    days = range_of(query.range, query.given, today)
    by = query.by or ("day" if len(days) <= MOST_SINGLE_DAYS else "week")
    document = {"from": days.first.isoformat(), "to": days.last.isoformat(), "group_by": by}
    return convert({**document, **filters}, SummaryQuery, strict=False)


def range_of(chosen: str, given: Mapping[str, str], today: date) -> DayRange:
    """The days of a range, today included if they go on; raises Invalid for dates that are no range."""
    if chosen == "own":
        dates = convert(dict(given), SummaryQuery, strict=False)
        return chosen_range(dates.first, dates.last, today)
    if chosen == "month":
        return DayRange(today.replace(day=1), today)
    if chosen == "year":
        return DayRange(today.replace(month=1, day=1), today)
    if chosen == "last-month":
        last = today.replace(day=1) - timedelta(days=1)
        return DayRange(last.replace(day=1), last)
    return DayRange(today - timedelta(days=int(chosen) - 1), today)
