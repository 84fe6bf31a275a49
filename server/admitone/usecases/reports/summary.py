"""The figures of a range of days: in all, in groups, and beside those of as many days before.

docs/rules/reports.md says what each figure counts, docs/rules/members.md who sees which.
"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

import msgspec

from admitone.domain.errors import Forbidden, Invalid, invalid
from admitone.domain.errors.refusal import FieldError
from admitone.domain.reports.day_range import chosen_range, week_of
from admitone.domain.reports.figures import Dimension, Figures
from admitone.store.records.reports.counters import read_counters
from admitone.texts.message import message
from admitone.usecases.reports.figure_sums import (
    CancelledBy,
    Medians,
    cancelled_by,
    figures_by,
    medians_of,
    sum_figures,
)
from admitone.usecases.reports.labels import labels
from admitone.usecases.shared.ownership import sees_all
from admitone.usecases.shared.reporting_day import reporting_day, reporting_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.reports.day_range import DayRange
    from admitone.store.records.reports.counters import Counter
    from admitone.usecases.shared.services import Caller, Services

GroupBy = Literal["day", "week", "page", "event_type", "host", "channel", "workflow", "domain"]
BY_TIME = frozenset({"day", "week"})
FILTERS: tuple[Dimension, ...] = ("page", "event_type", "host", "channel", "workflow", "domain")


class SummaryQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of a summary: dates in the reporting zone, inclusive, and one filter at most.

    With a filter all figures are those of one page, host and so on; they can be grouped by time only.
    """

    first: date | None = msgspec.field(name="from", default=None)
    last: date | None = msgspec.field(name="to", default=None)
    group_by: GroupBy = "day"
    page: str | None = None
    event_type: str | None = None
    host: str | None = None
    channel: str | None = None
    workflow: str | None = None
    domain: str | None = None


class Group(Figures, kw_only=True):
    """The figures of one day, week or key; `key` is the date (of a week its first), the id or the name."""

    key: str
    label: str


class Summary(msgspec.Struct, kw_only=True):
    """The figures of the days from `from` to `to` in `timezone`; `before` are those of as many days before.

    Medians are null, and `cancelled_by` is, where the figures are not those of the whole workspace.
    """

    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    timezone: str
    group_by: GroupBy
    totals: Figures
    groups: list[Group]
    before: Figures
    medians: Medians
    medians_before: Medians
    cancelled_by: CancelledBy | None


class _Selection(msgspec.Struct, frozen=True):
    """The counters that a summary adds up: all, or those of one key."""

    dimension: Dimension = "total"
    key: str = ""


async def read_summary(
    services: Services, caller: Caller, query: SummaryQuery, *, week_start: int = 0
) -> Summary:
    """The summary that the query asks for; weeks begin on `week_start`, of which 0 is Monday.

    Raises Invalid for a wrong range or filter, Forbidden for figures of others where members see their own.
    """
    today = await reporting_day(caller.snapshot, services.now())
    days = chosen_range(query.first, query.last, today)
    selection = await _selection(caller, query)
    whole, grouped = await _read(services, caller, selection, days, query.group_by)
    now = [counter for counter in whole if counter.day >= days.first]
    before = [counter for counter in whole if counter.day < days.first]
    return Summary(
        first=days.first,
        last=days.last,
        timezone=(await reporting_zone(caller.snapshot)).key,
        group_by=query.group_by,
        totals=sum_figures(now),
        groups=await _groups(caller, query.group_by, grouped, days, week_start),
        before=sum_figures(before),
        medians=medians_of(now),
        medians_before=medians_of(before),
        cancelled_by=cancelled_by(now) if selection.dimension == "total" else None,
    )


async def _selection(caller: Caller, query: SummaryQuery) -> _Selection:
    """What the caller asks for, or (raising Invalid or Forbidden) may not."""
    given = [_Selection(name, key) for name in FILTERS if (key := getattr(query, name)) is not None]
    if len(given) > 1:
        text = message("Give one filter at most.")
        raise Invalid(*(FieldError(each.dimension, text) for each in given))
    chosen = given[0] if given else _Selection()
    if not await sees_all(caller):
        own = _Selection("host", caller.user.id)
        if (given and chosen != own) or query.group_by not in BY_TIME | {"host"}:
            raise Forbidden(message("You see your own figures, by day and by week."))
        return own
    if given and query.group_by not in BY_TIME | {chosen.dimension}:
        raise invalid("group_by", message("With a filter, figures are grouped by day or by week."))
    return chosen


async def _read(
    services: Services, caller: Caller, selection: _Selection, days: DayRange, group_by: GroupBy
) -> tuple[list[Counter], list[Counter]]:
    """The selected counters of the days and of those before; and the counters of the groups."""
    store, workspace = services.store, caller.workspace
    first = days.before().first
    selected = read_counters(store, workspace, selection.dimension, first, days.last)
    if group_by in BY_TIME or group_by == selection.dimension:
        whole = [each for each in await selected if each.key == selection.key]
        return whole, [each for each in whole if each.day >= days.first]
    dimension = cast("Dimension", group_by)
    groups = read_counters(store, workspace, dimension, days.first, days.last)
    whole, grouped = await asyncio.gather(selected, groups)
    return whole, grouped


async def _groups(
    caller: Caller, group_by: GroupBy, counters: Sequence[Counter], days: DayRange, week_start: int
) -> list[Group]:
    """The groups: of time in order, each day or week of the range; others with the most bookings first."""
    if group_by in BY_TIME:

        def key_of(day: date) -> str:
            return (day if group_by == "day" else week_of(day, week_start)).isoformat()

        figures = figures_by(lambda counter: key_of(counter.day), counters)
        return [_group(key, key, figures.get(key)) for key in dict.fromkeys(map(key_of, days))]
    figures = figures_by(lambda counter: counter.key, counters)
    names = await labels(caller.snapshot, cast("Dimension", group_by), figures)
    groups = [_group(key, names[key], each) for key, each in figures.items() if each != Figures()]
    return sorted(
        groups, key=lambda group: (-group.scheduled, -group.made, group.label.casefold(), group.key)
    )


def _group(key: str, label: str, figures: Figures | None) -> Group:
    return Group(key=key, label=label, **msgspec.structs.asdict(figures or Figures()))
