"""Questions drawn at random: any zone, near a change of its clocks, schedules, groups and occupied time."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

from hypothesis import strategies as st

from admitone.domain.availability.case import Booked, BookingWindow, Case, Dates, Host, RollingDays, TimeSlots
from admitone.domain.availability.decision import booked_range, busy_range
from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.availability.schedule_hours import Hours
from admitone.domain.availability.zones import zone, zone_names
from tests.support.domain.availability_by_the_minute import NaiveHost

Question = tuple[TimeSlots, list[list[NaiveHost]], int, int, int]

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
windows = st.tuples(clocks | st.sampled_from(["00:00", "24:00"]), clocks | st.just("24:00"))
long_windows = st.sampled_from(
    [("00:00", "24:00"), ("01:30", "23:45"), ("08:00", "20:00"), ("18:00", "07:00"), ("12:00", "12:00")]
)
days = st.lists(windows | long_windows, min_size=1, max_size=3).map(tuple[tuple[str, str], ...])
overridden_days = st.just(()) | days
buffers = st.sampled_from([0, 0, 5, 10, 15, 60]).map(lambda m: m * MINUTE)


@cache
def transitions(name: str) -> list[int]:
    """The days since 1975 on which the zone's offset changes, but for changes that a week undoes."""

    def offset(at: int) -> timedelta | None:
        return datetime.fromtimestamp(at, zone(name)).utcoffset()

    offsets = [(at, offset(at)) for at in range(FIRST, LAST, 7 * DAY)]
    weeks = [(at, before) for (at, before), (_, after) in pairwise(offsets) if before != after]
    return [
        next(day for day in range(at, at + 7 * DAY, DAY) if offset(day + DAY) != before)
        for at, before in weeks
    ]


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
    starts = st.integers(-24 * 4, 48 * 4).map(lambda quarter: near + quarter * 15 * MINUTE)
    lengths = st.sampled_from([0, 15, 30, 30, 60, 60, 240]).map(lambda m: m * MINUTE)
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
    first = today + timedelta(draw(st.sampled_from([-2, -1, 0, 1])))
    dates = Dates(first, first + timedelta(draw(st.sampled_from([1, 2, 0]))))
    return draw(st.none() | st.none() | st.just(dates) | st.sampled_from([3, 4, 2, 5, 0]).map(RollingDays))


@st.composite
def questions(
    draw: st.DrawFn,
) -> Question:
    name = draw(st.sampled_from(ZONES) | st.sampled_from(ODD_ZONES))
    near = draw(moments(name))
    limit = st.none() | st.none() | st.integers(1, 3)
    slots = TimeSlots(
        duration=draw(st.sampled_from([15, 30, 30, 60, 60, 5, 90, 480, 1440])) * MINUTE,
        increment=draw(st.sampled_from([15, 20, 30, 45, 60, 120, 5, 7, 1440])) * MINUTE,
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
    now = near - draw(st.sampled_from([3 * DAY, 2 * DAY]) | st.integers(-DAY, 2 * DAY))
    start = near + draw(st.integers(-1440, 1440)) * MINUTE
    length = draw(st.sampled_from([DAY, 2 * DAY, 3 * DAY]) | st.integers(0, 2 * 1440).map(MINUTE.__mul__))
    return slots, groups, now, start, start + length


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
