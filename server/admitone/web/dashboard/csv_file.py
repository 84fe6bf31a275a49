"""Tables of the dashboard as files for spreadsheets, in the reader's language and time zone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from admitone.domain.availability.zones import zone
from admitone.domain.csv_text import BYTE_ORDER_MARK, csv_text
from admitone.domain.instant import Instant
from admitone.usecases.accounts.own_zone import own_zone
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.csv_answer import send_csv
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from admitone.usecases.shared.table import Table

    Words = Mapping[str, str]


async def respond_spreadsheet(
    request: web.Request, table: Table, name: str, words: Mapping[str, Words] | None = None
) -> web.StreamResponse:
    """The table with titles, and times in the caller's zone as spreadsheets read them.

    `words` has the messages for the values of a column, by the column's name.
    """
    say = reader_of(request, part="dashboard").texts.say
    place = zone(await own_zone(request.app[SERVICES], request[CALLER]))
    columns = [(words or {}).get(column.name, {}) for column in table.columns]

    def shown(cell: object, named: Words) -> object:
        if isinstance(cell, Instant):
            return datetime.fromtimestamp(cell, place).strftime("%Y-%m-%d %H:%M")
        return say(named[cell]) if isinstance(cell, str) and cell in named else cell

    def shown_row(row: Sequence[object]) -> list[object]:
        return [shown(cell, named) for cell, named in zip(row, columns, strict=True)]

    header = csv_text([[say(column.title) for column in table.columns]])
    return await send_csv(request, table, name, BYTE_ORDER_MARK + header, shown_row)
