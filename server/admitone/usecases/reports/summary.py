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
from admitone.store.records.reports.sums import added, sum_by_day, sum_by_key, sum_of_key, sum_times
from admitone.texts.message import message
from admitone.usecases.reports.figure_sums import CancelledBy, Medians, cancelled_by, figures_of, medians_of
from admitone.usecases.reports.labels import labels
from admitone.usecases.shared.ownership import sees_all
from admitone.usecases.shared.reporting_day import reporting_day, reporting_zone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.reports.day_range import DayRange
    from admitone.store.store import Store
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


class _Whole(msgspec.Struct, frozen=True):
    """What is not told of a part of the workspace."""

    medians: Medians = Medians()
    medians_before: Medians = Medians()
    cancelled_by: CancelledBy | None = None


async def read_summary(
    services: Services, caller: Caller, query: SummaryQuery, *, week_start: int = 0
) -> Summary:
    """The summary that the query asks for; weeks begin on `week_start`, of which 0 is Monday.

    Raises Invalid for a wrong range or filter, Forbidden for figures of others where members see their own.
    """
    today = await reporting_day(caller.snapshot, services.now())
    days = chosen_range(query.first, query.last, today)
    selection = await _selection(caller, query)
    store, workspace = services.store, caller.workspace
    now, then = await asyncio.gather(
        sum_of_key(store, workspace, selection.dimension, selection.key, days),
        sum_of_key(store, workspace, selection.dimension, selection.key, days.before()),
    )
    whole = await _whole(store, workspace, days) if selection == _Selection() else _Whole()
    if query.group_by in BY_TIME:
        by_day = await sum_by_day(store, workspace, selection.dimension, selection.key, days)
        groups = _groups_of_time(query.group_by, by_day, week_start)
    else:
        groups = await _groups(services, caller, cast("Dimension", query.group_by), selection, days)
    return Summary(
        first=days.first,
        last=days.last,
        timezone=(await reporting_zone(caller.snapshot)).key,
        group_by=query.group_by,
        totals=figures_of(now),
        groups=groups,
        before=figures_of(then),
        medians=whole.medians,
        medians_before=whole.medians_before,
        cancelled_by=whole.cancelled_by,
    )


async def _whole(store: Store, workspace: str, days: DayRange) -> _Whole:
    """What is counted for the whole workspace only."""
    times, times_before, cancellers = await asyncio.gather(
        sum_times(store, workspace, days),
        sum_times(store, workspace, days.before()),
        sum_by_key(store, workspace, "canceller", days),
    )
    return _Whole(medians_of(times), medians_of(times_before), cancelled_by(cancellers))


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


def _groups_of_time(
    group_by: GroupBy, numbers: Mapping[date, Mapping[str, int]], week_start: int
) -> list[Group]:
    """Each day, or week with a day, in order."""
    groups: dict[date, list[Mapping[str, int]]] = {}
    for day, counted in numbers.items():
        groups.setdefault(week_of(day, week_start), []).append(counted)
    by_time = numbers if group_by == "day" else {week: added(several) for week, several in groups.items()}
    return [_group(day.isoformat(), day.isoformat(), counted) for day, counted in by_time.items()]


async def _groups(
    services: Services, caller: Caller, dimension: Dimension, selection: _Selection, days: DayRange
) -> list[Group]:
    """Each key that has a figure, or the selected one alone; those with the most bookings first."""
    sums = await sum_by_key(services.store, caller.workspace, dimension, days)
    keys = [selection.key] if dimension == selection.dimension else list(sums)
    figures = {key: found for key in keys if (found := figures_of(sums.get(key, {}))) != Figures()}
    known = await labels(caller.snapshot, dimension, figures)
    return sorted(
        (_group(key, known[key], sums[key]) for key in figures),
        key=lambda group: (-group.scheduled, -group.made, group.label.casefold(), group.key),
    )


def _group(key: str, label: str, numbers: Mapping[str, int]) -> Group:
    return Group(key=key, label=label, **msgspec.structs.asdict(figures_of(numbers)))
