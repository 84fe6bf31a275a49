"""Short ways to write a case: wall-clock texts in, wall-clock texts out."""

from __future__ import annotations

from datetime import UTC, datetime

from admitone.domain.availability.case import Case, Host, TimeSlots
from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.availability.schedule_hours import Hours
from admitone.domain.availability.zones import zone


def utc(text: str) -> int:
    """`2026-03-02 09:00` in UTC as epoch seconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def at(text: str, timezone: str) -> int:
    """A wall-clock time of a zone as epoch seconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone(timezone)).timestamp())


def shown(starts: list[int], timezone: str) -> list[str]:
    """Starts as a host or customer reads them, `02-28 09:00+01:00`."""
    return [
        moment.strftime("%m-%d %H:%M") + moment.isoformat()[19:]
        for moment in (datetime.fromtimestamp(start, zone(timezone)) for start in starts)
    ]


def hours(
    timezone: str = "UTC",
    every_day: list[tuple[str, str]] | None = None,
    overrides: dict[str, list[tuple[str, str]]] | None = None,
    **weekly: list[tuple[str, str]],
) -> Hours:
    """Compiled hours; days are named, or all the same."""
    days = {day: tuple(weekly.get(day, every_day or ())) for day in Weekly.__struct_fields__}
    dates = {day: tuple(windows) for day, windows in (overrides or {}).items()}
    schedule = Schedule(timezone, Weekly(**days), dates)
    assert schedule.problems() == []
    return Hours(schedule)


def case(hosts: list[Host] | Host, now: int = 0, **settings: object) -> Case:
    """One group of these hosts; notice and window off, half an hour, unless said otherwise."""
    fields = {"duration_minutes": 30, "min_notice_minutes": 0, "window": None} | settings
    return Case(
        TimeSlots.from_minutes(**fields),  # type: ignore[arg-type]
        [hosts if isinstance(hosts, list) else [hosts]],
        now,
    )
