"""The engine against the one that goes minute by minute: the same lists, in every zone, on every day."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admitone.domain.availability import decide, offered_slots
from admitone.domain.availability_case import TimeSlots, Verdict
from admitone.domain.schedule import Schedule, Weekly
from tests.domain.availability_by_the_minute import NaiveHost, offered_by_the_minute
from tests.domain.availability_strategies import (
    DAY,
    MINUTE,
    ZONES,
    Question,
    compiled,
    questions,
    transitions,
)
from tests.sizes import size


@pytest.mark.soak
@settings(max_examples=size(6000, 200), deadline=None, suppress_health_check=list(HealthCheck))
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
@settings(max_examples=size(2000, 60), deadline=None, suppress_health_check=list(HealthCheck))
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
@settings(max_examples=size(3000, 150), deadline=None, suppress_health_check=list(HealthCheck))
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
