"""The availability engine against the plain approach, six cases, in one run.

Both must offer the same slots to the same hosts. Warm is with compiled hours, as a server has them; cold
compiles them anew. The aim is a ratio of 20, 8 with fifty hosts. Times are of this process only, so that what
else the machine does weighs little.
"""

from __future__ import annotations

import random
import statistics
import time
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.case import MINUTE, Case, Host, TimeSlots
from admitone.domain.availability.decision import offered_slots
from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.availability.schedule_hours import Hours
from admitone.domain.availability.zones import DAY
from benchmarks.availability_plain import PlainHost, plain_slots

if TYPE_CHECKING:
    from collections.abc import Callable

START = 1_793_491_200  # 2026-11-01, a day on which clocks go back in America
NOW = START - 5 * DAY
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "America/Los_Angeles")
ROUNDS = 15
SLICE = 0.02
"""Seconds."""


class Setup(msgspec.Struct, frozen=True):
    """One case: `busy` events for each host, drawn at random."""

    title: str
    hosts: int
    days: int
    busy: int
    minutes: int = 30
    every_host: bool = False
    aim: int = 20


SETUPS = (
    Setup("1 host, 7 days", hosts=1, days=7, busy=20),
    Setup("1 host, 30 days", hosts=1, days=30, busy=120),
    Setup("1 host, 60 days, 15 minutes", hosts=1, days=60, busy=400, minutes=15),
    Setup("5 hosts, all, 30 days", hosts=5, days=30, busy=60, every_host=True),
    Setup("10 hosts, any, 30 days", hosts=10, days=30, busy=120),
    Setup("50 hosts, any, 30 days", hosts=50, days=30, busy=120, aim=8),
)


class Ratio(msgspec.Struct, frozen=True):
    """One case's figures; times are milliseconds, `ratio` is plain to warm."""

    title: str
    slots: int
    plain: float
    cold: float
    warm: float
    ratio: float
    aim: int


def measure() -> list[Ratio]:
    """Every ratio, the median of rounds in which the three take turns."""
    return [_ratio(setup) for setup in SETUPS]


def _ratio(setup: Setup) -> Ratio:
    plain_hosts = _hosts(setup)
    length = setup.minutes * MINUTE
    end = START + setup.days * DAY
    warm_case = _case(setup, plain_hosts)

    def plain() -> list[tuple[int, list[str]]]:
        return plain_slots(plain_hosts, length, START, end, NOW, every_host=setup.every_host)

    def cold() -> object:
        return offered_slots(_case(setup, plain_hosts), START, end - length + 1)

    def warm() -> object:
        return offered_slots(warm_case, START, end - length + 1)

    offered = offered_slots(warm_case, START, end - length + 1)
    named = [(slot.start, [host for group in slot.groups for host in group]) for slot in offered]
    assert named == plain()
    times = [[_milliseconds(work) for work in (plain, cold, warm)] for _ in range(ROUNDS)]
    plain_time, cold_time, warm_time = (
        round(statistics.median(each), 3) for each in zip(*times, strict=True)
    )
    ratio = round(statistics.median(each[0] / each[2] for each in times), 1)
    return Ratio(setup.title, len(offered), plain_time, cold_time, warm_time, ratio, setup.aim)


def _hosts(setup: Setup) -> list[PlainHost]:
    drawn = random.Random(setup.title)
    return [
        PlainHost(
            f"host-{index}",
            _schedule(ZONES[0] if setup.every_host else ZONES[index % len(ZONES)]),
            [_event(drawn, setup.days) for _ in range(setup.busy)],
        )
        for index in range(setup.hosts)
    ]


def _event(drawn: random.Random, days: int) -> tuple[int, int]:
    start = START + drawn.randrange(days * 96) * 15 * MINUTE
    return start, start + drawn.choice((15, 30, 30, 45, 60, 90)) * MINUTE


def _case(setup: Setup, plain_hosts: list[PlainHost]) -> Case:
    hosts = [Host(host.name, Hours(host.schedule), host.busy) for host in plain_hosts]
    slots = TimeSlots.from_minutes(duration_minutes=setup.minutes)
    return Case(slots, [[host] for host in hosts] if setup.every_host else [hosts], NOW)


def _schedule(zone: str) -> Schedule:
    return Schedule(zone, Weekly(*[(("09:00", "17:00"),)] * 5))


def _milliseconds(work: Callable[[], object]) -> float:
    """For one call, of as many as `SLICE` holds."""
    calls, start = 0, time.process_time()
    while (spent := time.process_time() - start) < SLICE:
        work()
        calls += 1
    return spent * 1000 / calls
