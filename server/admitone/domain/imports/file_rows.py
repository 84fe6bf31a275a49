"""The rows of a CSV file, parsed while it arrives (RFC 4180, and what spreadsheets make of it).

Never more is held than one row and the part that was read last, whatever the file: a row has a limit, and
its end is looked for in the lines that are there.
"""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from admitone.domain.errors import Invalid, invalid
from admitone.domain.imports.file_text import TextReader
from admitone.texts.message import count_message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
"""Rows that are not empty, besides the header, at most."""
MOST_COLUMNS = 200
LONGEST_ROW = 65_536
"""Characters of one row at most, quotation marks and separators included."""
SEPARATORS = (",", ";", "\t", "|")
SNIFFED = 16_384
"""Characters in which the separator is looked for."""
SNIFFED_ROWS = 20


class Row(NamedTuple):
    """A row that is not empty. `number` counts from 1 as a spreadsheet does, empty rows included.

    Blanks around cells, and empty cells at the end, are left out.
    """

    number: int
    cells: list[str]


class _NeedsMore(Exception):  # noqa: N818 - it is no error: the rest of the row has not arrived
    """The row goes on beyond the lines that are there."""


class RowReader:
    """Reads a file in parts; each part's rows are those that end in it. Raises Invalid, field `file`."""

    def __init__(self) -> None:
        self._text = TextReader()
        self._begin = ""
        self._rows: _Rows | None = None

    def read(self, data: bytes, *, is_last: bool = False) -> Iterator[Row]:
        """The rows that end in the next part of the file; `is_last` says that no more bytes follow."""
        text = self._text.read(data, is_last=is_last)
        if self._rows is None:
            self._begin += text
            if len(self._begin) < SNIFFED and not is_last:
                return
            separator, text = find_separator(self._begin)
            self._rows = _Rows(separator)
        yield from self._rows.read(text, is_last=is_last)


class _Rows:
    """Cuts text into rows."""

    def __init__(self, separator: str) -> None:
        self._lines: deque[str] = deque()
        self._taken: list[str] = []
        """The lines of the row that is being read, and the number of their characters."""
        self._length = 0
        self._rest = ""
        self._is_last = False
        self._number = 0
        self._found = 0
        self._reader = csv.reader(self, delimiter=separator)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line, for the reader; it asks for one within a row only inside of quotation marks."""
        if not self._lines:
            if not self._is_last:
                raise _NeedsMore
            if self._taken:
                raise invalid(
                    "file",
                    message(
                        "In row %(row)s, a quotation mark is opened and not closed.", row=self._number + 1
                    ),
                )
            raise StopIteration
        line = self._lines.popleft()
        self._taken.append(line)
        self._length += len(line)
        if self._length > LONGEST_ROW:
            raise self._too_long()
        return line

    def read(self, text: str, *, is_last: bool) -> Iterator[Row]:
        *lines, self._rest = (self._rest + text).split("\n")
        if is_last and self._rest:
            lines.append(self._rest)
            self._rest = ""
        self._lines.extend(f"{line}\n" for line in lines)
        self._is_last = is_last
        if len(self._rest) > LONGEST_ROW:
            raise self._too_long()
        while True:
            self._taken, self._length = [], 0
            try:
                cells = next(self._reader)
            except _NeedsMore:
                self._lines.extendleft(reversed(self._taken))
                return
            except StopIteration:
                return
            self._number += 1
            if row := self._row(cells):
                yield row

    def _row(self, cells: list[str]) -> Row | None:
        cells = [cell.strip() for cell in cells]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return None
        self._found += 1
        if len(cells) > MOST_COLUMNS:
            raise invalid(
                "file",
                message(
                    "Row %(row)s has %(count)s columns; at most %(most)s can be read.",
                    row=self._number,
                    count=len(cells),
                    most=MOST_COLUMNS,
                ),
            )
        if self._found > MOST_ROWS + 1:
            raise invalid(
                "file",
                count_message(
                    "The file has more than %(count)s row. Divide it.",
                    "The file has more than %(count)s rows. Divide it.",
                    count=MOST_ROWS,
                ),
            )
        return Row(self._number, cells)

    def _too_long(self) -> Invalid:
        return invalid(
            "file",
            count_message(
                "Row %(row)s is longer than %(count)s character. Is a quotation mark not closed?",
                "Row %(row)s is longer than %(count)s characters. Is a quotation mark not closed?",
                count=LONGEST_ROW,
                row=self._number + 1,
            ),
        )


def find_separator(text: str) -> tuple[str, str]:
    """The separator of the file that begins with `text`, and the text without Excel's line `sep=;`.

    It is the one by which most of the first rows have as many cells as the header, and the header most.
    """
    first, _, rest = text.partition("\n")
    named = first.strip('"')
    if named.startswith("sep=") and named.removeprefix("sep=") in SEPARATORS:
        return named.removeprefix("sep="), rest
    return max(SEPARATORS, key=lambda separator: _fit(text, separator)), text


def _fit(text: str, separator: str) -> tuple[int, int]:
    """How many of the first rows have as many cells as the header, and how many the header has."""
    rows = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=separator)
    lengths: list[int] = []
    try:
        while len(lengths) < SNIFFED_ROWS:
            if row := next(rows):
                lengths.append(len(row))
    except (StopIteration, csv.Error):
        pass
    if not lengths or lengths[0] == 1:
        return 0, 1
    return sum(length == lengths[0] for length in lengths), lengths[0]
