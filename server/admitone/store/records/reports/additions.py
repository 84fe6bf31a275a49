"""What scripts are told to add to the counters of reports: their tables, and what is added to each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.reports.figures import CHANGES, RESERVED, month_of, place_of, row_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from admitone.domain.reports.counts import Count
    from admitone.store.keys import WorkspaceKeys


class Counting(msgspec.Struct):
    """Keys and arguments that a script gets besides its own."""

    keys: dict[str, str | Sequence[str] | None]
    arguments: dict[str, Any]


class _Table(msgspec.Struct):
    """What is added to one table (include/figures.lua)."""

    reserved: int
    """Rows of the table that belong to the row without a name."""
    rows: list[list[str | int]]


class Added(msgspec.Struct):
    """What a script adds: its tables, each by month and whether it is that of domains."""

    months: list[tuple[str, bool]]
    tables: list[_Table]

    def counting(self, keys: WorkspaceKeys, **arguments: Any) -> Counting:
        """The keys `counters` and `rows` and the argument `added`, with other arguments."""
        found = [keys.report(month, is_domain=is_domain) for month, is_domain in self.months]
        return Counting(
            {"counters": [one.counters for one in found], "rows": [one.rows for one in found]},
            {"added": self.tables, **arguments},
        )

    def place(self, month: str, *, is_domain: bool) -> int:
        """The place of a table, from 1."""
        return self.months.index((month, is_domain)) + 1


class Additions:
    """What a script adds to the counters of one workspace."""

    def __init__(self, counts: Iterable[Count] = ()) -> None:
        self._tables: dict[tuple[str, bool], dict[str, dict[int, int]]] = {}
        """By month, and whether the table is that of domains; in each by the name of a row and a place."""
        self.add(counts)

    def add(self, counts: Iterable[Count]) -> None:
        """Add these counts."""
        for count in counts:
            month, place = _place(count.figure, count.day)
            rows = self._tables.setdefault((month, count.dimension == "domain"), {})
            row = rows.setdefault(row_name(count.dimension, count.key), {})
            row[place] = row.get(place, 0) + count.number

    def place(self, month: str, *, is_domain: bool) -> int:
        """The place of a table, from 1, to which the script itself adds something."""
        self._tables.setdefault((month, is_domain), {})
        return list(self._tables).index((month, is_domain)) + 1

    def counting(self, keys: WorkspaceKeys, **arguments: Any) -> Counting:
        """The keys `counters` and `rows` and the argument `added`, with other arguments."""
        return self.added().counting(keys, **arguments)

    def added(self) -> Added:
        """What is added, as it is for any workspace.

        What is counted in a month is counted in its total too, which has the number of the month's changes.
        """
        tables = []
        for (_, is_domain), rows in self._tables.items():
            if rows and not is_domain:
                rows.setdefault("", {})[CHANGES] = 1
            tables.append(_Table(0 if is_domain else RESERVED, [_row(*each) for each in rows.items()]))
        return Added(list(self._tables), tables)


def _row(name: str, numbers: Mapping[int, int]) -> list[str | int]:
    row: list[str | int] = [name]
    for place, number in numbers.items():
        if number:
            row += (place, str(number))
    return row


@lru_cache(maxsize=4096)
def _place(figure: str, day: date) -> tuple[str, int]:
    """The month of a day and the place of a counter: the same for every booking."""
    return month_of(day), place_of(figure, day)
