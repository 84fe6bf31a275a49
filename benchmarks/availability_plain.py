"""Availability as one would write it first: datetime objects, lists of windows cut by lists of events."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from admitone.domain.availability.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[datetime, datetime]


class PlainHost(msgspec.Struct, frozen=True):
    """A host as the store has it: a schedule in texts, busy events in epoch seconds."""

    name: str
    schedule: Schedule
    busy: list[tuple[int, int]]


def plain_slots(
    hosts: Sequence[PlainHost], length: int, start: int, end: int, now: int, *, every_host: bool
) -> list[tuple[int, list[str]]]:
    """The starts of slots of `length` seconds within [start, end), with the names of the hosts who are free.

    Notice is an hour, the window sixty rolling days: the API's defaults.
    """
    low, high, today = (datetime.fromtimestamp(at, UTC) for at in (start, end, now))
    step = timedelta(seconds=length)
    free = {host.name: set(_free_starts(host, low, high, step, today)) for host in hosts}
    slots = []
    for at in sorted(set().union(*free.values())):
        names = [name for name, starts in free.items() if at in starts]
        if not every_host or len(names) == len(hosts):
            slots.append((int(at.timestamp()), names))
    return slots


def _free_starts(
    host: PlainHost, low: datetime, high: datetime, step: timedelta, now: datetime
) -> list[datetime]:
    zone = ZoneInfo(host.schedule.timezone)
    windows = _windows(host.schedule, zone, low, high)
    free = _without(windows, host.busy)
    last = now.astimezone(zone).date() + timedelta(days=60)
    return [
        at
        for at in _starts(windows, step)
        if low <= at
        and at + step <= high
        and at >= now + timedelta(hours=1)
        and at.astimezone(zone).date() <= last
        and any(opens <= at and at + step <= closes for opens, closes in free)
    ]


def _windows(schedule: Schedule, zone: ZoneInfo, low: datetime, high: datetime) -> list[Span]:
    day, windows = low.astimezone(zone).date(), []
    while day <= high.astimezone(zone).date():
        for opens, closes in schedule.weekly.days()[day.weekday()]:
            windows.append((_moment(day, opens, zone), _moment(day, closes, zone)))
        day += timedelta(days=1)
    return windows


def _moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def _starts(windows: list[Span], step: timedelta) -> list[datetime]:
    starts = []
    for opens, closes in windows:
        at = opens
        while at + step <= closes:
            starts.append(at)
            at += step
    return starts


def _without(windows: list[Span], busy: list[tuple[int, int]]) -> list[Span]:
    free = windows
    for event in busy:
        start, end = (datetime.fromtimestamp(at, UTC) for at in event)
        free = [
            part
            for opens, closes in free
            for part in ((opens, min(closes, start)), (max(opens, end), closes))
            if part[0] < part[1]
        ]
    return free
