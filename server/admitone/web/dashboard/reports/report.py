"""The room `/dashboard/reports`: figures of a range of days as charts and tables, and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from admitone.domain.errors import Invalid
from admitone.domain.reports.day_range import DayRange
from admitone.domain.reports.figures import FIGURES, Figures
from admitone.usecases.reports.labels import CHANNELS, DELETED, FIGURE_NAMES, OTHERS
from admitone.usecases.reports.summary import BY_TIME, Summary, read_summary
from admitone.usecases.reports.summary_table import summary_table
from admitone.usecases.shared.ownership import sees_all
from admitone.usecases.shared.reporting_day import reporting_day
from admitone.web.dashboard.csv_file import respond_spreadsheet
from admitone.web.dashboard.reports.figures_table import (
    CANCELLED_BY,
    MEDIAN_MINUTES,
    figures_table,
    has_medians,
)
from admitone.web.dashboard.reports.only_choices import chosen_name, only_choices
from admitone.web.dashboard.reports.report_query import (
    RANGES,
    ReportQuery,
    read_report_query,
    summary_query,
)
from admitone.web.dashboard.reports.summary_charts import (
    EVENTS,
    FUNNEL,
    comparison_chart,
    funnel_chart,
    group_chart,
    group_name,
)
from admitone.web.dashboard.reports.words import GROUPINGS, MEANINGS, MEDIANS, Words
from admitone.web.dashboard.room import show_room, with_query
from admitone.web.dashboard.sent_form import by_field
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.html import date_text
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from aiohttp import web

HEADLINES = ("scheduled", "cancelled", "no_show", "made", "opened", "booked")
"""The figures at the top, each with its comparison in words."""
MOST_TABLE_ROWS = 400
"""Groups that the table shows; the file has all of them."""


async def show(request: web.Request) -> web.Response:
    """Show the report that the address asks for."""
    caller = request[CALLER]
    is_whole = await sees_all(caller)
    query = read_report_query(request.query, sees_all=is_whole)
    context = await _choices(request, query, is_whole=is_whole)
    try:
        summary = await _read(request, query)
    except Invalid as refusal:
        return await show_room(
            request, "reports/report", context | {"summary": None, "errors": by_field(refusal)}, status=422
        )
    context |= {"summary": summary, "errors": {}} | _shown(request, query, summary)
    return await show_room(request, "reports/report", context)


async def download(request: web.Request) -> web.StreamResponse:
    """Send the groups as a table."""
    summary = await _read(request, await _query(request))
    names = [*CHANNELS.values(), *DELETED.values(), OTHERS]
    words = {} if summary.group_by in BY_TIME else {"label": {name: name for name in names}}
    return await respond_spreadsheet(request, summary_table(summary), "report", words)


async def download_figures(request: web.Request) -> web.StreamResponse:
    """Send the figures of the whole range as a table."""
    summary = await _read(request, await _query(request))
    cancelled = (name for _, name in CANCELLED_BY)
    names = [*FIGURE_NAMES.values(), *MEDIAN_MINUTES.values(), *cancelled]
    words = {"figure": {name: name for name in names}}
    return await respond_spreadsheet(request, figures_table(summary), "figures", words)


async def _query(request: web.Request) -> ReportQuery:
    return read_report_query(request.query, sees_all=await sees_all(request[CALLER]))


async def _read(request: web.Request, query: ReportQuery) -> Summary:
    """The summary that the report shows; raises Invalid for dates that are no range."""
    services, caller = request.app[SERVICES], request[CALLER]
    today = await reporting_day(caller.snapshot, services.now())
    week_start = reader_of(request, part="dashboard").week_start
    return await read_summary(services, caller, summary_query(query, today), week_start=week_start)


async def _choices(request: web.Request, query: ReportQuery, *, is_whole: bool) -> dict[str, Any]:
    """What the filters offer, and what is chosen."""
    only = await only_choices(request.app[SERVICES], request[CALLER], query.only) if is_whole else []
    groupings = (
        GROUPINGS if is_whole and query.only is None else {by: GROUPINGS[by] for by in ("day", "week")}
    )
    return {
        "room": "reports",
        "query": query,
        "only": ":".join(query.only) if query.only else "",
        "only_name": chosen_name(only, query.only),
        "choices": only,
        "is_whole": is_whole,
        "ranges": [(each, name, with_query(request, range=each)) for each, name in RANGES.items()],
        "groupings": [(by, names[0]) for by, names in groupings.items()],
        "figure_names": FIGURE_NAMES,
        "without_filter": with_query(request, only=None),
    }


def _shown(request: web.Request, query: ReportQuery, summary: Summary) -> dict[str, Any]:
    """The charts and tables of a summary."""
    words = Words(date_text(reader_of(request, part="dashboard"), summary.timezone))
    days = len(DayRange(summary.first, summary.last))
    totals, before = summary.totals, summary.before
    differences = {
        figure: words.difference(getattr(totals, figure), getattr(before, figure), days) for figure in FIGURES
    }
    largest = summary.groups[:MOST_TABLE_ROWS]
    return {
        "is_empty": totals == before == Figures(),
        "words": words,
        "days": days,
        "headlines": HEADLINES,
        "differences": differences,
        "meanings": MEANINGS,
        "medians": MEDIANS if has_medians(summary) else {},
        "funnel_figures": ("made", "fetched", *FUNNEL[1:]),
        "event_figures": EVENTS,
        "cancelled_by": CANCELLED_BY,
        "by_time": summary.group_by in BY_TIME,
        "group_title": GROUPINGS[summary.group_by][0],
        "group_rows": [
            (_group_at(query, summary, each.key), group_name(summary, each, words), each) for each in largest
        ],
        "left_out": len(summary.groups) - len(largest),
        "group_chart": group_chart(summary, query.figure, words),
        "funnel": funnel_chart(summary, words),
        "comparison": comparison_chart(summary, words),
        "download_groups": _address(request, "/dashboard/reports.csv"),
        "download_figures": _address(request, "/dashboard/reports/figures.csv"),
        "spread_at": _address(request, "/dashboard/reports/spread"),
    }


def _group_at(query: ReportQuery, summary: Summary, key: str) -> str | None:
    """The address of a report about one group alone, None for a day or week."""
    if summary.group_by in BY_TIME:
        return None
    kept = {"range": query.range, **query.given, "figure": query.figure}
    return f"/dashboard/reports?{urlencode(kept | {'only': f'{summary.group_by}:{key}'})}"


def _address(request: web.Request, path: str) -> str:
    """An address for the same days and filters."""
    kept = {name: text for name, text in request.query.items() if name != "said" and text}
    return f"{path}?{urlencode(kept)}" if kept else path
