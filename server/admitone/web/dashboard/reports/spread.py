"""The room `/dashboard/reports/spread`: how bookings are spread over the members of pools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from admitone.domain.errors import Invalid
from admitone.texts.message import count_message, message
from admitone.usecases.reports.labels import DELETED
from admitone.usecases.reports.spread import Spread, SpreadQuery, Spreads, read_spreads
from admitone.usecases.shared.ownership import sees_all
from admitone.usecases.shared.reporting_day import reporting_day
from admitone.usecases.shared.table import Column, Table, one_part
from admitone.web.charts.rows import Amount, Line, RowChart, draw_rows
from admitone.web.dashboard.csv_file import respond_spreadsheet
from admitone.web.dashboard.reports.report_query import RANGES, range_of, read_range
from admitone.web.dashboard.reports.words import Words
from admitone.web.dashboard.room import download_at, show_room
from admitone.web.dashboard.sent_form import by_field
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.html import date_text
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.reports.spread import MemberShare

MOST_POOLS = 50
"""Pools that the page shows; the file has all of them."""
COLUMNS = (
    Column("page_title", message("Master page")),
    Column("event_type_name", message("Event type")),
    Column("place", message("Place in the rule")),
    Column("name", message("Member")),
    Column("bookings", message("Bookings")),
    Column("share", message("Share")),
    Column("promised", message("Promised share")),
)


class PoolSpread(msgspec.Struct, frozen=True):
    """A pool with its chart, and a sentence that says what the chart shows."""

    pool: Spread
    text: str
    drawn: RowChart


async def show(request: web.Request) -> web.Response:
    """Show the spread of each pool in the days that the address asks for."""
    chosen, given = _asked(request)
    context: dict[str, Any] = {
        "room": "reports",
        "range": chosen,
        "given": given,
        "ranges": [(each, name, _at(each, given)) for each, name in RANGES.items()],
        "back_at": f"/dashboard/reports?{urlencode({'range': chosen, **given})}",
        "is_whole": await sees_all(request[CALLER]),
        "errors": {},
        "spreads": None,
    }
    try:
        spreads = await _read(request)
    except Invalid as refusal:
        return await show_room(request, "reports/spread", context | {"errors": by_field(refusal)}, status=422)
    words = Words(date_text(reader_of(request, part="dashboard"), spreads.timezone))
    context |= {
        "words": words,
        "spreads": spreads,
        "pools": [_drawn(pool, words) for pool in spreads.pools[:MOST_POOLS]],
        "left_out": max(0, len(spreads.pools) - MOST_POOLS),
        "download": download_at(request),
    }
    return await show_room(request, "reports/spread", context)


async def download(request: web.Request) -> web.StreamResponse:
    """Send the spread of every pool as one table."""
    spreads = await _read(request)
    rows: list[list[object]] = [
        [
            pool.page_title,
            pool.event_type_name,
            pool.place,
            member.name,
            member.bookings,
            member.share,
            member.promised,
        ]
        for pool in spreads.pools
        for member in pool.members
    ]
    words = {"name": {DELETED["host"]: DELETED["host"]}}
    return await respond_spreadsheet(request, Table(COLUMNS, one_part(rows)), "spread", words)


def _asked(request: web.Request) -> tuple[str, Mapping[str, str]]:
    """The range that the address names, and the texts of its dates."""
    given = {name: request.query[name] for name in ("from", "to") if request.query.get(name)}
    return read_range(request.query), given


async def _read(request: web.Request) -> Spreads:
    """The spreads of the days that the address asks for; raises Invalid for dates that are no range."""
    services, caller = request.app[SERVICES], request[CALLER]
    days = range_of(*_asked(request), await reporting_day(caller.snapshot, services.now()))
    return await read_spreads(services, caller, SpreadQuery(first=days.first, last=days.last))


def _at(chosen: str, given: Mapping[str, str]) -> str:
    return f"/dashboard/reports/spread?{urlencode({'range': chosen, **given})}"


def _drawn(pool: Spread, words: Words) -> PoolSpread:
    lines = [
        Line(
            words.say(member.name),
            [Amount(member.share or 0, _member_text(member, words))],
            member.promised,
        )
        for member in pool.members
    ]
    text = count_message(
        "%(count)s booking, spread over the members.",
        "%(count)s bookings, spread over the members.",
        count=pool.bookings,
    )
    return PoolSpread(pool, words.say(text), draw_rows(lines, is_mirrored=words.is_mirrored))


def _member_text(member: MemberShare, words: Words) -> str:
    number = words.brief(member.bookings)
    if member.share is None:
        return number
    return words.say(message("%(bookings)s (%(share)s)", bookings=number, share=words.share(member.share)))
