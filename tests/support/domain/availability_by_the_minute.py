"""A second implementation of availability: slow, minute by minute, sharing its input with the first.

It looks at every minute around the asked range and asks of it what the product's rules about time say.
Schedules, events and settings must be in whole minutes, and so must the zone's offsets (all are, after 1972).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import product

import msgspec

from admitone.domain.availability.case import Booked, RollingDays, TimeSlots
from admitone.domain.availability.schedule import Schedule
from admitone.domain.availability.zones import zone

MINUTE = 60
DAY = 86_400


class NaiveHost(msgspec.Struct):
    """A host as the first implementation sees it, but for the schedule, which is not compiled."""

    id: str
    user: str
    schedule: Schedule
    busy: Sequence[tuple[int, int]]
    booked: Sequence[Booked]


class ByTheMinute:
    """One host's days from four before `start` to four after `end`."""

    def __init__(self, host: NaiveHost, slots: TimeSlots, now: int, start: int, end: int) -> None:
        self.host, self.slots, self.now = host, slots, now
        self.zone = zone(host.schedule.timezone)
        self.dates = _dates(host.schedule.timezone, start - 4 * DAY, end + 4 * DAY)
        self.open: set[int] = set()
        self.grid: set[int] = set()
        days = set(self.dates.values())
        self.overridden = {day for day in days if day.isoformat() in host.schedule.overrides}
        for day in days:
            self.open_day(day)

    def label(self, minute: int) -> date:
        return datetime.fromtimestamp(minute, self.zone).date()

    def open_day(self, day: date) -> None:
        # An override cuts off what spills into its day from the windows of the days before.
        cut = min((other for other in self.overridden if other > day), default=date.max)
        minutes = {
            minute
            for window in self.windows(day)
            for minute in range(self.clock(day, window[0]), self.clock(day, *window), MINUTE)
            if self.dates.get(minute, day) < cut
        }
        self.open |= minutes
        anchor = 0
        for minute in sorted(minutes):
            if minute - MINUTE not in minutes:
                anchor = minute
            if (minute - anchor) % self.slots.increment == 0:
                self.grid.add(minute)

    def windows(self, day: date) -> Sequence[tuple[str, str]]:
        schedule = self.host.schedule
        named: Sequence[tuple[str, str]] = getattr(schedule.weekly, f"{day:%a}".lower())
        return schedule.overrides.get(day.isoformat(), named)

    def clock(self, day: date, text: str, end: str | None = None) -> int:
        """When the clock shows `text` on that day, or the first `end` after that."""
        start_minutes, end_minutes = (int(t[:2]) * 60 + int(t[3:5]) for t in (text, end or text))
        minutes = start_minutes
        if end is not None:
            minutes = end_minutes if end_minutes > start_minutes else end_minutes + 24 * 60
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return int(wall.replace(tzinfo=self.zone).astimezone(UTC).timestamp())

    def could(self, minute: int) -> bool:
        """Hours, notice and window."""
        if minute <= self.now or minute < self.now + self.slots.notice:
            return False
        if not all(map(self.open.__contains__, range(minute, minute + self.slots.duration, MINUTE))):
            return False
        on = self.dates[minute]
        window = self.slots.window
        if isinstance(window, RollingDays):
            return on <= self.label(self.now) + timedelta(days=window.days)
        return window is None or window.first <= on <= window.last

    def can(self, minute: int) -> bool:
        """And busy time, buffers, limits."""
        return self.could(minute) and not (
            any(self.meets_event(minute, *event) for event in self.host.busy)
            or any(self.meets_booking(minute, booked) for booked in self.host.booked)
            or self.is_full(minute)
        )

    def meets_event(self, minute: int, start: int, end: int) -> bool:
        first, last = minute - self.slots.before, minute + self.slots.duration + self.slots.after
        return start < end and start < last and end > first

    def meets_booking(self, minute: int, booked: Booked) -> bool:
        end = minute + self.slots.duration
        if end <= booked.start:
            return booked.start - end < max(self.slots.after, booked.before)
        if booked.end <= minute:
            return minute - booked.end < max(booked.after, self.slots.before)
        return True

    def is_full(self, minute: int) -> bool:
        days = [self.dates.get(b.start) or self.label(b.start) for b in self.host.booked if b.counts]
        on = self.dates[minute]
        weeks = [day.isocalendar()[:2] for day in days]
        return (self.slots.max_per_day is not None and days.count(on) >= self.slots.max_per_day) or (
            self.slots.max_per_week is not None
            and weeks.count(on.isocalendar()[:2]) >= self.slots.max_per_week
        )


@lru_cache(maxsize=8)
def _dates(timezone: str, start: int, end: int) -> dict[int, date]:
    """The date of each minute of [start, end)."""
    where, dates, started = zone(timezone), {}, date.min
    for minute in range(start, end, MINUTE):
        # A date that has started does not stop when clocks go back past its midnight.
        dates[minute] = started = max(started, datetime.fromtimestamp(minute, where).date())
    return dates


def offered_by_the_minute(
    slots: TimeSlots, groups: Sequence[Sequence[NaiveHost]], now: int, start: int, end: int
) -> list[tuple[int, str, list[list[str]]]]:
    """Each minute of [start, end) on the grid with `free`, `taken` or `not_offered`, and its places."""
    hosts = {host.id: host for group in groups for host in group}
    by_id = {name: ByTheMinute(host, slots, now, start, end) for name, host in hosts.items()}
    every = [[by_id[host.id] for host in group] for group in groups]
    grid = set[int]().union(*(host.grid for host in every[0])) if every else set()
    found = []
    for minute in sorted(at for at in grid if start <= at < end):
        places = _places([[h.host for h in group if h.can(minute)] for group in every])
        could = _places([[h.host for h in group if h.could(minute)] for group in every])
        found.append((minute, "free" if places else "taken" if could else "not_offered", places))
    return found


def _places(groups: list[list[NaiveHost]]) -> list[list[str]]:
    """Each group's hosts that are in one choice at least, of one host a group, all distinct users."""
    choices = [
        choice for choice in product(*groups) if len({host.user for host in choice}) == len(choice) > 0
    ]
    if not choices:
        return []
    return [
        [host.id for host in group if any(choice[place] is host for choice in choices)]
        for place, group in enumerate(groups)
    ]
