"""The groups of a summary as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.reports.figures import FIGURES
from admitone.texts.message import message
from admitone.usecases.reports.labels import FIGURE_NAMES
from admitone.usecases.shared.table import Column, Table, one_part

if TYPE_CHECKING:
    from admitone.usecases.reports.summary import Summary

COLUMNS = (
    Column("key", message("Key")),
    Column("label", message("Name")),
    *(Column(figure, FIGURE_NAMES[figure]) for figure in FIGURES),
)


def summary_table(summary: Summary) -> Table:
    """A row for each group, in the summary's order."""
    rows = [
        [group.key, group.label, *(getattr(group, figure) for figure in FIGURES)] for group in summary.groups
    ]
    return Table(COLUMNS, one_part(rows))
