"""The figures of a range of days: in all, in groups, and beside those of as many days before.

docs/rules/reports.md says what each figure counts, docs/rules/members.md who sees which.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, cast

import msgspec

from admitone.domain.errors import Forbidden, Invalid, invalid
from admitone.domain.errors.refusal import FieldError
from admitone.domain.reports.day_range import DayRange, chosen_range, week_of
from admitone.domain.reports.figures import Dimension, Figures
from admitone.texts.message import message
from admitone.usecases.reports.figure_sums import CancelledBy, Medians, Sums, counters_of
from admitone.usecases.reports.labels import labels
from admitone.usecases.shared.ownership import sees_all
from admitone.usecases.shared.reporting_day import reporting_day, reporting_zone

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services

GroupBy = Literal["day", "week", "page", "event_type", "host", "channel", "workflow", "domain"]
BY_TIME = frozenset({"day", "week"})
NOW, BEFORE = "now", "before"
"""The two ranges of a summary."""
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
    sums, groups = await _read(services, caller, selection, days, query.group_by, week_start)
    return Summary(
        first=days.first,
        last=days.last,
        timezone=(await reporting_zone(caller.snapshot)).key,
        group_by=query.group_by,
        totals=sums.figures(NOW),
        groups=await _groups(caller, query.group_by, groups, days, week_start),
        before=sums.figures(BEFORE),
        medians=sums.medians(NOW),
        medians_before=sums.medians(BEFORE),
        cancelled_by=sums.cancelled_by(NOW) if selection.dimension == "total" else None,
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
    services: Services,
    caller: Caller,
    selection: _Selection,
    days: DayRange,
    group_by: GroupBy,
    week_start: int,
) -> tuple[Sums, Sums]:
    """The selected counters `NOW` and `BEFORE`, and those of the days by group, whose keys they are."""
    sums, groups = Sums(), Sums()
    dimension = selection.dimension if group_by in BY_TIME else cast("Dimension", group_by)
    names = _names_of_days(group_by, days, week_start)
    both = DayRange(days.before().first, days.last)
    async for counters in counters_of(services.store, caller.workspace, selection.dimension, both):
        for counter in counters:
            if counter.key == selection.key:
                is_now = counter.day >= days.first
                sums.add(NOW if is_now else BEFORE, counter)
                if is_now and dimension == selection.dimension:
                    groups.add(names.get(counter.day, counter.key), counter)
    if dimension != selection.dimension:
        async for counters in counters_of(services.store, caller.workspace, dimension, days):
            for counter in counters:
                groups.add(counter.key, counter)
    return sums, groups


def _names_of_days(group_by: GroupBy, days: DayRange, week_start: int) -> dict[date, str]:
    """For each day the day or week that is its group; empty if groups are not of time."""
    if group_by not in BY_TIME:
        return {}
    return {day: (day if group_by == "day" else week_of(day, week_start)).isoformat() for day in days}


async def _groups(
    caller: Caller, group_by: GroupBy, sums: Sums, days: DayRange, week_start: int
) -> list[Group]:
    """The groups: of time in order, each day or week of the range; others with the most bookings first."""
    if group_by in BY_TIME:
        names = _names_of_days(group_by, days, week_start).values()
        return [_group(sums, name, name) for name in dict.fromkeys(names)]
    known = await labels(caller.snapshot, cast("Dimension", group_by), sums.groups())
    return sorted(
        (_group(sums, key, label) for key, label in known.items()),
        key=lambda group: (-group.scheduled, -group.made, group.label.casefold(), group.key),
    )


def _group(sums: Sums, key: str, label: str) -> Group:
    return Group(key=key, label=label, **msgspec.structs.asdict(sums.figures(key)))
