"""A table whose rows are read while it is sent, so that a long one needs no more memory than a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

    from admitone.usecases.shared.listing import Listing

View = TypeVar("View")
AT_ONCE = 200
"""Rows of one part, which is as much as one call of a list answers."""


class Column(NamedTuple):
    """A column: its name as in the API, and its title, a message for people."""

    name: str
    title: str


class Table(NamedTuple):
    """The columns, and the rows in parts. A cell is a text, a number, an `Instant` or None."""

    columns: Sequence[Column]
    parts: AsyncGenerator[Sequence[Sequence[object]]]


async def one_part(rows: Sequence[Sequence[object]]) -> AsyncGenerator[Sequence[Sequence[object]]]:
    """The rows of a short table."""
    yield rows


async def parts_of(
    read: Callable[[str | None], Awaitable[Listing[View]]],
    rows: Callable[[Sequence[View]], Awaitable[Sequence[Sequence[Any]]]],
) -> AsyncGenerator[Sequence[Sequence[Any]]]:
    """The rows of a whole list. `read` reads the part that a cursor begins, `rows` makes its rows."""
    cursor: str | None = None
    while True:
        part = await read(cursor)
        yield await rows(part.items)
        if (cursor := part.next_cursor) is None:
            return
