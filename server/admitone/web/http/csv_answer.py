"""Tables as CSV files that are written while they are read.

A client that reads slowly slows the reading down, and one that has gone ends it: writing fails then.
"""

from __future__ import annotations

from contextlib import aclosing
from datetime import datetime
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from admitone.domain.availability.zones import zone
from admitone.domain.csv_text import BYTE_ORDER_MARK, csv_text
from admitone.domain.errors import Refusal
from admitone.domain.instant import Instant
from admitone.store.redis.usage import begin_usage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

    from admitone.texts.translator import Translator
    from admitone.usecases.shared.table import Table

CSV = "text/csv"
log = structlog.get_logger()


async def respond_csv(request: web.Request, table: Table, name: str) -> web.StreamResponse:
    """The table for programs: columns have the names of the API, times are RFC 3339 in UTC."""
    header = [column.name for column in table.columns]
    return await _send(request, table, name, csv_text([header]), _for_programs)


async def respond_spreadsheet(
    request: web.Request,
    table: Table,
    name: str,
    *,
    texts: Translator,
    timezone: str,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> web.StreamResponse:
    """The table for people: with titles, and times in their zone as spreadsheets read them.

    `words` are messages for the values of a column, by the column's name.
    """
    place = zone(timezone)
    said = [(words or {}).get(column.name, {}) for column in table.columns]

    def shown(row: Sequence[object]) -> list[object]:
        return [
            datetime.fromtimestamp(cell, place).strftime("%Y-%m-%d %H:%M")
            if isinstance(cell, Instant)
            else texts.say(names[cell])
            if isinstance(cell, str) and cell in names
            else cell
            for cell, names in zip(row, said, strict=True)
        ]

    header = csv_text([[texts.say(column.title) for column in table.columns]])
    return await _send(request, table, name, BYTE_ORDER_MARK + header, shown)


async def _send(
    request: web.Request,
    table: Table,
    name: str,
    start: str,
    shown: Callable[[Sequence[object]], Sequence[object]],
) -> web.StreamResponse:
    """Send a file. What refuses its first part is answered as usual; later, the connection is cut.

    A file that is not whole must not look as if it were: so the answer then lacks its end.
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
        try:
            async for part in parts:
                await response.write(part.encode())
        except Refusal as refusal:
            log.warning("answer-cut", code=refusal.code)
            raise ConnectionAbortedError from refusal
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
