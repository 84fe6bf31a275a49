"""The engine against the one that goes minute by minute: the same lists, in every zone, on every day."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admitone.domain.availability.case import Case, Host, TimeSlots, Verdict
from admitone.domain.availability.decision import decide, offered_slots
from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.availability.schedule_hours import Hours
from tests.support.domain.availability_by_the_minute import NaiveHost, offered_by_the_minute
from tests.support.domain.availability_strategies import (
    DAY,
    MINUTE,
    ZONES,
    Question,
    compiled,
    questions,
    transitions,
)
from tests.support.sizes import size


@pytest.mark.soak
@settings(max_examples=size(6000, 100), deadline=None, suppress_health_check=list(HealthCheck))
@given(questions())
def test_the_list_is_that_of_the_minutes(
    question: Question,
) -> None:
    slots, groups, now, start, end = question
    expected = offered_by_the_minute(slots, groups, now, start, end)
    case = compiled(*question)
    found = offered_slots(case, start, end)
    assert [(slot.start, [list(place) for place in slot.groups]) for slot in found] == [
        (minute, places) for minute, verdict, places in expected if verdict == "free"
    ]


@pytest.mark.soak
@settings(max_examples=size(2000, 30), deadline=None, suppress_health_check=list(HealthCheck))
@given(questions(), st.integers(0, 1439))
def test_the_decision_on_one_start_is_that_of_the_minutes(question: Question, off_grid: int) -> None:
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
@settings(max_examples=size(3000, 50), deadline=None, suppress_health_check=list(HealthCheck))
@given(questions(), st.lists(st.integers(0, 4 * 1440), max_size=4))
def test_a_range_asked_in_parts_gives_the_same_list(question: Question, cuts: list[int]) -> None:
    slots, groups, now, start, end = question
    whole = offered_slots(compiled(*question), start, end)
    edges = [start, *sorted(min(start + cut * MINUTE, end) for cut in cuts), end]
    parts = [
        slot
        for low, high in pairwise(edges)
        for slot in offered_slots(compiled(slots, groups, now, low, high), low, high)
    ]
    assert parts == whole


@given(
    st.lists(st.tuples(st.integers(0, 1438), st.integers(0, 1438)), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 300)), max_size=5),
    st.sampled_from([7, 15, 30, 45]),
    st.integers(1, 59),
)
def test_seconds_move_everything_alike(
    windows: list[tuple[int, int]], events: list[tuple[int, int]], increment: int, later: int
) -> None:
    slots = TimeSlots(duration=30 * MINUTE, increment=increment * MINUTE, notice=0, window=None)

    def starts(seconds: int) -> list[int]:
        day = tuple((_clock(opens, seconds), _clock(closes, seconds)) for opens, closes in windows)
        busy = [(at * MINUTE + seconds, (at + length) * MINUTE + seconds) for at, length in events]
        host = Host("ann", Hours(Schedule("UTC", Weekly(*[day] * 7))), busy)
        return [slot.start for slot in offered_slots(Case(slots, [[host]], -1), seconds, 3 * DAY + seconds)]

    assert starts(later) == [start + later for start in starts(0)]


def _clock(minute: int, seconds: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}:{seconds:02}"


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
