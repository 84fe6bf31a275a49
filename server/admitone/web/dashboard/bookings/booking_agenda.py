"""The bookings of a day or a week, by days of the host's zone, beside what their calendar blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability import zones
from admitone.domain.calendar.busy import without
from admitone.domain.instant import Instant
from admitone.texts.message import message
from admitone.usecases.bookings.booking_list import list_bookings
from admitone.usecases.times.busy_times import cached_busy
from admitone.web.dashboard.bookings.booking_rows import BookingRow, booking_rows
from admitone.web.dashboard.sent_form import read_day

if TYPE_CHECKING:
    from admitone.domain.availability.schedule_hours import Interval
    from admitone.domain.date_text import DateText
    from admitone.usecases.bookings.booking_list import BookingQuery
    from admitone.usecases.shared.services import Caller, Services

SPANS: Mapping[str, str] = {"day": message("Day"), "week": message("Week")}
"""How much an agenda shows, by the parameter `view` of the address."""
WEEK = 7
MOST = 200
"""Bookings at most."""


class AgendaEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One booking, or a time that the calendar blocks; `when` is said of the latter only."""

    start: int
    row: BookingRow | None = None
    when: str = ""


class AgendaDay(msgspec.Struct, frozen=True, kw_only=True):
    """One date with what happens on it, by start; what reaches into the next date is on both."""

    date: date
    name: str
    is_today: bool
    entries: Sequence[AgendaEntry]


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """Some days; `earlier` and `later` are dates of the days before and after, None at the ends of time.

    `asked` is the date in the form. `is_cut` says that there are more bookings than `MOST`.
    """

    title: str
    asked: date
    earlier: date | None
    later: date | None
    days: Sequence[AgendaDay]
    is_cut: bool


class Days(msgspec.Struct, frozen=True):
    """Whole days, from `first` on; `asked` is one of them."""

    asked: date
    first: date
    count: int

    @property
    def dates(self) -> list[date]:
        """Each of the days."""
        return [self.first + timedelta(days=place) for place in range(self.count)]

    def turned(self, days: int) -> date | None:
        """The date so many days from the asked one; None where calendars end."""
        ordinal = self.asked.toordinal() + days
        return date.fromordinal(ordinal) if _is_shown(ordinal) else None


def shown_days(view: str, asked: str, clock: DateText, now: int) -> Days:
    """The day `asked` (an ISO date, else today), or its week as the reader's calendar begins it."""
    day = read_day(asked)
    if day is None or not _is_shown(day.toordinal()):
        day = clock.date(now)
    if view == "day":
        return Days(day, day, 1)
    return Days(day, day - timedelta(days=(day.weekday() - clock.reader.week_start) % WEEK), WEEK)


def _is_shown(ordinal: int) -> bool:
    """Whether the weeks around the date are dates, too."""
    return zones.FIRST_DATE + WEEK <= ordinal <= zones.LAST_DATE - WEEK


async def read_agenda(
    services: Services,
    caller: Caller,
    query: BookingQuery,
    *,
    days: Days,
    clock: DateText,
    shows_busy: bool,
) -> Agenda:
    """The agenda of some days in the zone of `clock`, without cancelled bookings."""
    start = zones.date_start(clock.zone, days.first.toordinal())
    end = zones.date_start(clock.zone, days.first.toordinal() + days.count)
    # What began on the day before may reach into the first day: no booking is longer than a day.
    asked = msgspec.structs.replace(
        query, first=Instant(start - zones.DAY), last=Instant(end), limit=MOST, cursor=None
    )
    found = await list_bookings(services, caller, asked, soonest_first=True)
    rows = await booking_rows(caller, [each for each in found.items if each.status != "cancelled"])
    busy = await _busy(services, caller, rows, start, end) if shows_busy else []
    today = clock.date(services.now())
    return Agenda(
        title=clock.day(days.first, year=True) if days.count == 1 else clock.days(days.first, days.dates[-1]),
        asked=days.asked,
        earlier=days.turned(-days.count),
        later=days.turned(days.count),
        days=[
            AgendaDay(
                date=day,
                name=clock.day_short(day),
                is_today=day == today,
                entries=_entries(clock, day, rows, busy),
            )
            for day in days.dates
            if zones.date_exists(clock.zone, day.toordinal())
        ],
        is_cut=found.next_cursor is not None,
    )


async def _busy(
    services: Services, caller: Caller, rows: Sequence[BookingRow], start: int, end: int
) -> list[Interval]:
    """The busy time of the caller's calendar, as it is cached, without the bookings that are shown anyway."""
    own = [(int(row.booking.start), int(row.booking.end)) for row in rows if row.is_mine]
    return without(await cached_busy(services, caller.workspace, caller.user.id, start, end), own)


def _entries(
    clock: DateText, day: date, rows: Sequence[BookingRow], busy: Sequence[Interval]
) -> list[AgendaEntry]:
    start, end = (zones.date_start(clock.zone, day.toordinal() + place) for place in (0, 1))
    entries = [
        AgendaEntry(start=row.booking.start, row=row)
        for row in rows
        if row.booking.start < end and row.booking.end > start
    ]
    entries += [
        AgendaEntry(start=low, when=_when(clock, (low, high), (start, end)))
        for low, high in busy
        if low < end and high > start
    ]
    return sorted(entries, key=lambda entry: entry.start)


def _when(clock: DateText, busy: Interval, day: Interval) -> str:
    """When of a day somebody is busy."""
    (low, high), (start, end) = busy, day
    if low <= start and high >= end:
        return message("The whole day")
    if low < start:
        return message("until %(time)s", time=clock.time(high))
    if high >= end:
        return message("from %(time)s", time=clock.time(low))
    return clock.span(low, high)
