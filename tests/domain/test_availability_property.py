"""The engine against the one that goes minute by minute: the same lists, in every zone, on every day."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admitone.domain.availability import booked_range, busy_range, decide, offered_slots
from admitone.domain.availability_case import (
    Booked,
    BookingWindow,
    Case,
    Dates,
    Host,
    RollingDays,
    TimeSlots,
    Verdict,
)
from admitone.domain.schedule import Schedule, Weekly
from admitone.domain.schedule_hours import Hours
from admitone.domain.zones import zone, zone_names
from tests.domain.availability_by_the_minute import NaiveHost, offered_by_the_minute
from tests.sizes import size

MINUTE, DAY = 60, 86_400
FIRST = int(datetime(1975, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2037, 12, 1, tzinfo=UTC).timestamp())
ZONES = sorted(zone_names())
# Where clocks did what they seldom do: half an hour, two hours, a day; at midnight or across it.
ODD_ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Asuncion",
    "America/Havana",
    "America/Nuuk",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Casey",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Pyongyang",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Fakaofo",
    "Pacific/Kwajalein",
]

clocks = st.builds(
    lambda quarter, odd: f"{(quarter * 15 + odd) // 60:02}:{(quarter * 15 + odd) % 60:02}",
    st.integers(0, 95),
    st.sampled_from([0, 0, 0, 7]),
)
windows = st.tuples(clocks, clocks | st.just("24:00"))
long_windows = st.sampled_from(
    [("00:00", "24:00"), ("01:30", "23:45"), ("08:00", "20:00"), ("18:00", "07:00"), ("12:00", "12:00")]
)
days = st.lists(windows | long_windows, min_size=1, max_size=3).map(tuple[tuple[str, str], ...])
overridden_days = st.just(()) | days
buffers = st.sampled_from([0, 0, 5, 10, 15, 60]).map(lambda m: m * MINUTE)


@cache
def transitions(name: str) -> list[int]:
    """The days since 1975 on which the zone's offset changes."""
    in_zone = zone(name)
    offsets = [datetime.fromtimestamp(at, in_zone).utcoffset() for at in range(FIRST, LAST, DAY)]
    return [FIRST + i * DAY for i in range(len(offsets) - 1) if offsets[i] != offsets[i + 1]]


@st.composite
def moments(draw: st.DrawFn, name: str) -> int:
    """Midnight in UTC near a change of the clocks, where there is one, or anywhere."""
    changes = transitions(name)
    near = draw(st.integers(FIRST // DAY + 30, LAST // DAY - 30)) * DAY
    if changes and draw(st.integers(0, 3)) > 0:
        near = changes[bisect_left(changes, near) % len(changes)]
    return near + draw(st.integers(-2, 2)) * DAY


@st.composite
def schedules(draw: st.DrawFn, name: str, near: int) -> Schedule:
    weekly = Weekly(*draw(st.tuples(*[days] * 5, overridden_days, overridden_days)))
    offsets = st.integers(-4, 6).map(lambda n: datetime.fromtimestamp(near, UTC).date() + timedelta(n))
    overrides = draw(st.dictionaries(offsets.map(date.isoformat), overridden_days, max_size=3))
    return Schedule(name, weekly, overrides)


@st.composite
def hosts(draw: st.DrawFn, name: str, near: int) -> NaiveHost:
    in_zone = draw(st.sampled_from([name, name, *ODD_ZONES]))
    starts = st.integers(-36 * 4, 96 * 4).map(lambda quarter: near + quarter * 15 * MINUTE)
    lengths = st.sampled_from([0, 5, 15, 30, 30, 60, 60, 240, 1440]).map(lambda m: m * MINUTE)
    busy = draw(st.lists(st.tuples(starts, lengths).map(lambda b: (b[0], b[0] + b[1])), max_size=6))
    booked = draw(
        st.lists(
            st.builds(
                lambda start, length, before, after, counts: Booked(
                    start, start + max(length, MINUTE), before, after, counts
                ),
                starts,
                lengths,
                buffers,
                buffers,
                st.booleans(),
            ),
            max_size=5,
        )
    )
    return NaiveHost("", "", draw(schedules(in_zone, near)), busy, booked)


@st.composite
def booking_windows(draw: st.DrawFn, near: int) -> BookingWindow | None:
    today = datetime.fromtimestamp(near, UTC).date()
    first = today + timedelta(draw(st.integers(-3, 3)))
    dates = Dates(first, first + timedelta(draw(st.integers(0, 3))))
    return draw(st.none() | st.none() | st.just(dates) | st.integers(0, 6).map(RollingDays))


@st.composite
def questions(
    draw: st.DrawFn,
) -> tuple[TimeSlots, list[list[NaiveHost]], int, int, int]:
    name = draw(st.sampled_from(ZONES) | st.sampled_from(ODD_ZONES))
    near = draw(moments(name))
    limit = st.none() | st.none() | st.integers(1, 3)
    slots = TimeSlots(
        duration=draw(st.sampled_from([5, 15, 30, 30, 60, 60, 90, 480, 1440])) * MINUTE,
        increment=draw(st.sampled_from([5, 10, 15, 20, 30, 45, 60, 120])) * MINUTE,
        before=draw(buffers),
        after=draw(buffers),
        notice=draw(st.sampled_from([0, 60, 137, 600]).map(lambda m: m * MINUTE)),
        window=draw(booking_windows(near)),
        max_per_day=draw(limit),
        max_per_week=draw(limit),
    )
    team = draw(st.lists(hosts(name, near), min_size=1, max_size=3))
    for index, host in enumerate(team):
        host.id = f"host-{index}"
        host.user = f"user-{draw(st.sampled_from([index, index, index, 0]))}"
    groups = draw(st.lists(st.lists(st.sampled_from(team), min_size=1, max_size=3), min_size=1, max_size=2))
    groups = [list({host.id: host for host in group}.values()) for group in groups]
    now = near - draw(st.integers(-DAY, 3 * DAY) | st.just(2 * DAY))
    start = near + draw(st.integers(-1440, 1440)) * MINUTE
    return slots, groups, now, start, start + draw(st.integers(0, 4 * 24) | st.just(72)) * 60 * MINUTE


def compiled(slots: TimeSlots, groups: list[list[NaiveHost]], now: int, start: int, end: int) -> Case:
    """The case for the engine, with no more than what it says that it needs to read."""
    first, last = busy_range(slots, start, end)

    def host(naive: NaiveHost) -> Host:
        low, high = booked_range(slots, zone(naive.schedule.timezone), start, end)
        return Host(
            naive.id,
            Hours(naive.schedule),
            [event for event in naive.busy if event[0] < last and event[1] > first],
            [booked for booked in naive.booked if low <= booked.start < high],
            naive.user,
        )

    return Case(slots, [[host(naive) for naive in group] for group in groups], now)


@pytest.mark.soak
@settings(max_examples=size(6000, 150), deadline=None, suppress_health_check=list(HealthCheck))
@given(questions())
def test_the_list_is_that_of_the_minutes(
    question: tuple[TimeSlots, list[list[NaiveHost]], int, int, int],
) -> None:
    slots, groups, now, start, end = question
    expected = offered_by_the_minute(slots, groups, now, start, end)
    case = compiled(*question)
    found = offered_slots(case, start, end)
    assert [(slot.start, [list(place) for place in slot.groups]) for slot in found] == [
        (minute, places) for minute, verdict, places in expected if verdict == "free"
    ]


@pytest.mark.soak
@settings(max_examples=size(2000, 60), deadline=None, suppress_health_check=list(HealthCheck))
@given(questions(), st.integers(0, 1439))
def test_the_decision_on_one_start_is_that_of_the_minutes(
    question: tuple[TimeSlots, list[list[NaiveHost]], int, int, int], off_grid: int
) -> None:
    slots, groups, now, start, _ = question
    expected = {
        minute: (verdict, places)
        for minute, verdict, places in offered_by_the_minute(slots, groups, now, start, start + DAY)
    }
    for minute in [*expected, start + off_grid * MINUTE]:
        verdict, places = expected.get(minute, ("not_offered", []))
        decision = decide(compiled(slots, groups, now, minute, minute + 1), minute)
        assert (decision.verdict, [list(place) for place in decision.groups]) == (Verdict(verdict), places)


@pytest.mark.soak
@settings(max_examples=size(3000, 150), deadline=None, suppress_health_check=list(HealthCheck))
@given(questions(), st.lists(st.integers(0, 4 * 1440), max_size=4))
def test_a_range_asked_in_parts_gives_the_same_list(
    question: tuple[TimeSlots, list[list[NaiveHost]], int, int, int], cuts: list[int]
) -> None:
    slots, groups, now, start, end = question
    whole = offered_slots(compiled(*question), start, end)
    edges = [start, *sorted(min(start + cut * MINUTE, end) for cut in cuts), end]
    parts = [
        slot
        for low, high in pairwise(edges)
        for slot in offered_slots(compiled(slots, groups, now, low, high), low, high)
    ]
    assert parts == whole


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_every_zone_of_the_database_around_its_changes(part: int) -> None:
    night = Weekly(*[(("00:00", "02:45"), ("02:45", "09:00"), ("21:15", "01:30"))] * 7)
    slots = TimeSlots(duration=45 * MINUTE, increment=30 * MINUTE, notice=0, window=None)
    for name in ZONES[part :: size(10, 100)]:
        for near in transitions(name)[:: size(7, 40)]:
            host = NaiveHost("ann", "ann", Schedule(name, night), [], [])
            question = (slots, [[host]], 0, near - DAY, near + 2 * DAY)
            expected = [
                minute for minute, verdict, _ in offered_by_the_minute(*question) if verdict == "free"
            ]
            assert [slot.start for slot in offered_slots(compiled(*question), *question[3:])] == expected
