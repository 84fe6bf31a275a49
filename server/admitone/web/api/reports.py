"""Figures over days, and lists as tables: `/api/v1/reports`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.bookings.booking_table import BookingTableQuery, booking_table
from admitone.usecases.links.link_table import LinkTableQuery, link_table
from admitone.usecases.reports.spread import SpreadQuery, Spreads, read_spreads
from admitone.usecases.reports.summary import Summary, SummaryQuery, read_summary
from admitone.usecases.reports.summary_table import summary_table
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, respond_json
from admitone.web.http.csv_answer import CSV, respond_csv
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("report_summary", Summary, query=SummaryQuery)
async def summary(request: web.Request) -> web.Response:
    """Show the figures of a range of days, in groups, and those of as many days before."""
    answer = await read_summary(request.app[SERVICES], request[CALLER], query(request, SummaryQuery))
    return respond_json(answer)


@operation("report_summary_csv", str, query=SummaryQuery, media_type=CSV)
async def summary_csv(request: web.Request) -> web.StreamResponse:
    """Export the groups of a summary as CSV."""
    found = await read_summary(request.app[SERVICES], request[CALLER], query(request, SummaryQuery))
    return await respond_csv(request, summary_table(found), "summary")


@operation("report_bookings", str, query=BookingTableQuery, media_type=CSV)
async def bookings(request: web.Request) -> web.StreamResponse:
    """Export bookings by their start as CSV, the latest first."""
    asked = query(request, BookingTableQuery)
    table = await booking_table(request.app[SERVICES], request[CALLER], asked)
    return await respond_csv(request, table, "bookings")


@operation("report_links", str, query=LinkTableQuery, media_type=CSV)
async def links(request: web.Request) -> web.StreamResponse:
    """Export links by their creation as CSV, newest first."""
    asked = query(request, LinkTableQuery)
    table = await link_table(request.app[SERVICES], request[CALLER], asked)
    return await respond_csv(request, table, "links")


@operation("report_spread", Spreads, query=SpreadQuery)
async def spread(request: web.Request) -> web.Response:
    """Show how the bookings of master pages are spread over the members of pools."""
    answer = await read_spreads(request.app[SERVICES], request[CALLER], query(request, SpreadQuery))
    return respond_json(answer)
