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


def figures_table(summary: Summary) -> Table:
    """A row for each figure, then who cancelled, of which the days before are not known."""
    rows: list[list[object]] = [
        [FIGURE_NAMES[figure], getattr(summary.totals, figure), getattr(summary.before, figure)]
        for figure in FIGURES
    ]
    if summary.cancelled_by is not None:
        rows += [[name, getattr(summary.cancelled_by, who), None] for who, name in CANCELLED_BY]
    return Table(COLUMNS, one_part(rows))
