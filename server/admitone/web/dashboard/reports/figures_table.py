"""The figures of a summary as a table: those of its days, and of as many days before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.reports.figures import FIGURES
from admitone.texts.message import message
from admitone.usecases.reports.labels import FIGURE_NAMES
from admitone.usecases.shared.table import Column, Table, one_part

if TYPE_CHECKING:
    from admitone.usecases.reports.summary import Summary

COLUMNS = (
    Column("figure", message("Figure")),
    Column("now", message("These days")),
    Column("before", message("The days before")),
)
CANCELLED_BY = (
    ("customer", message("Cancelled by the customer")),
    ("host", message("Cancelled by a host")),
    ("workflow", message("Cancelled by a workflow")),
    ("google", message("Deleted in Google Calendar")),
)
"""Who cancelled before the start."""
MEDIAN_MINUTES = {
    "to_open_minutes": message("Median time to open, in minutes"),
    "to_book_minutes": message("Median time to book, in minutes"),
    "lead_minutes": message("Median lead time, in minutes"),
}


def has_medians(summary: Summary) -> bool:
    """Whether medians are known, which those of one page, host and so on are not."""
    return summary.cancelled_by is not None


def figures_table(summary: Summary) -> Table:
    """A row for each figure and median, then who cancelled, of which the days before are not known."""
    rows: list[list[object]] = [
        [FIGURE_NAMES[figure], getattr(summary.totals, figure), getattr(summary.before, figure)]
        for figure in FIGURES
    ]
    if has_medians(summary):
        rows += [
            [MEDIAN_MINUTES[field], getattr(summary.medians, field), getattr(summary.medians_before, field)]
            for field in MEDIAN_MINUTES
        ]
    if summary.cancelled_by is not None:
        rows += [[name, getattr(summary.cancelled_by, who), None] for who, name in CANCELLED_BY]
    return Table(COLUMNS, one_part(rows))
