"""Tables as CSV files that are written while they are read.

A client that reads slowly slows the reading down, and one that has gone ends it: writing fails then.
"""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from aiohttp import web

from admitone.domain.csv_text import csv_text
from admitone.domain.instant import Instant
from admitone.store.redis.usage import begin_usage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from admitone.usecases.shared.table import Table

CSV = "text/csv"


async def respond_csv(request: web.Request, table: Table, name: str) -> web.StreamResponse:
    """The table for programs: columns have the names of the API, times are RFC 3339 in UTC."""
    header = [column.name for column in table.columns]
    return await send_csv(request, table, name, csv_text([header]), _for_programs)


async def send_csv(
    request: web.Request,
    table: Table,
    name: str,
    start: str,
    shown: Callable[[Sequence[object]], Sequence[object]],
) -> web.StreamResponse:
    """Send a file that begins with `start`, whose cells are as `shown` makes them of each row.

    What refuses its first part is answered as usual. After that it cuts the connection: a file that is not
    whole must not look as if it were.
    """
    response = web.StreamResponse(
        headers={
            "Content-Type": f"{CSV}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}.csv"',
        }
    )
    async with aclosing(_text(table, start, shown)) as parts:
        first = await anext(parts)
        await response.prepare(request)
        if request.method == "HEAD":
            return response
        await response.write(first.encode())
        async for part in parts:
            await response.write(part.encode())
    await response.write_eof()
    return response


async def _text(
    table: Table, start: str, shown: Callable[[Sequence[object]], Sequence[object]]
) -> AsyncGenerator[str]:
    """The file in parts. Reading each takes its own time: a request's limit is meant for one answer."""
    async with aclosing(table.parts) as parts:
        async for part in parts:
            yield start + csv_text(map(shown, part))
            start = ""
            begin_usage()


def _for_programs(row: Sequence[object]) -> list[object]:
    return [cell.text() if isinstance(cell, Instant) else cell for cell in row]
