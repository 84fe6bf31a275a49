"""Why a time is not offered: the first rule in the order of refusals."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings

from admitone.domain.availability.case import Booked, Case, Dates, Host
from admitone.domain.availability.decision import grid_starts, offered_slots
from admitone.domain.availability.explain import (
    SENTENCES,
    NotOffered,
    Why,
    explain,
    explain_start,
    obstacles,
)
from tests.support.domain.availability_cases import case, hours, shown, utc
from tests.support.domain.availability_strategies import Question, compiled, questions
from tests.support.sizes import size

MONDAY, TUESDAY = utc("2026-03-02 00:00"), utc("2026-03-03 00:00")
MORNING = hours("UTC", [("09:00", "12:00")])
BUSY = [(utc("2026-03-02 10:00"), utc("2026-03-02 10:30"))]


def reasons(question: Case, start: int = MONDAY, end: int = TUESDAY) -> dict[str, str]:
    return {shown([at.start], "UTC")[0][6:11]: at.why.value for at in explain(question, start, end)}


def test_each_rule_is_named() -> None:
    assert reasons(case(Host("ann", MORNING), duration_minutes=50)) == {"11:30": "outside_hours"}
    assert reasons(case(Host("ann", MORNING), now=utc("2026-03-02 09:30"))) == {
        "09:00": "notice",
        "09:30": "notice",
    }
    assert reasons(case(Host("ann", MORNING), min_notice_minutes=30, now=utc("2026-03-02 08:31"))) == {
        "09:00": "notice"
    }
    tuesday = Dates(date(2026, 3, 3), date(2026, 3, 3))
    assert set(reasons(case(Host("ann", MORNING), window=tuesday)).values()) == {"window"}
    assert reasons(case(Host("ann", MORNING, BUSY), buffer_before_minutes=15)) == {
        "10:00": "busy",
        "10:30": "buffer",
    }
    booked = Booked(*BUSY[0], before=600, after=0)
    assert reasons(case(Host("ann", MORNING, booked=[booked]))) == {"09:30": "buffer", "10:00": "busy"}
    limited = reasons(case(Host("ann", MORNING, booked=[booked]), max_per_day=1))
    assert limited["09:00"] == "limit"
    assert limited["10:00"] == "busy"


def test_the_first_rule_in_the_order_of_refusals_is_named() -> None:
    host = Host("ann", MORNING, BUSY)
    closed = Dates(date(2026, 3, 3), date(2026, 3, 3))
    at_ten = utc("2026-03-02 10:00")

    def first(**settings: object) -> Why:
        found = explain_start(case(host, now=at_ten, **settings), at_ten)
        assert found is not None
        return found.why

    assert first(duration_minutes=180, increment_minutes=60, window=closed) is Why.OUTSIDE_HOURS
    assert first(window=closed) is Why.NOTICE
    assert explain_start(case(host, now=MONDAY, window=closed), at_ten) == NotOffered(
        at_ten, Why.WINDOW, {"ann": Why.WINDOW}
    )


def test_one_time_is_explained_on_the_grid_or_not() -> None:
    question = case(Host("ann", MORNING, BUSY))
    assert explain_start(question, utc("2026-03-02 09:00")) is None
    assert explain_start(question, utc("2026-03-02 10:00")) == NotOffered(
        utc("2026-03-02 10:00"), Why.BUSY, {"ann": Why.BUSY}
    )
    for off in ("2026-03-02 09:10", "2026-03-02 12:00", "2026-03-02 03:00"):
        assert explain_start(question, utc(off)) == NotOffered(utc(off), Why.OFF_GRID, {})


def test_a_group_is_refused_by_its_host_who_is_nearest_to_being_free() -> None:
    away = Host("bob", hours("UTC", [("15:00", "16:00")]))
    question = case([away, Host("ann", MORNING, BUSY)])
    assert [(at.why, at.hosts) for at in explain(question, MONDAY, utc("2026-03-02 11:00"))] == [
        (Why.BUSY, {"bob": Why.OUTSIDE_HOURS, "ann": Why.BUSY})
    ]


def test_too_few_different_people() -> None:
    ann = Host("ann", MORNING)
    settings = case(ann, duration_minutes=180).slots
    [missed] = explain(Case(settings, [[ann], [ann]], 0), MONDAY, TUESDAY)
    assert (missed.why, missed.hosts) == (Why.TOO_FEW, {})
    [missed] = explain(Case(settings, [[ann], []], 0), MONDAY, TUESDAY)
    assert (missed.why, missed.hosts) == (Why.TOO_FEW, {})


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Why)


@settings(max_examples=size(2000, 100), deadline=None, suppress_health_check=list(HealthCheck))
@given(questions())
def test_offered_and_explained_make_up_the_grid(question: Question) -> None:
    *_, start, end = question
    asked = compiled(*question)
    offered = [slot.start for slot in offered_slots(asked, start, end)]
    explained = explain(asked, start, end)
    assert sorted(offered + [missed.start for missed in explained]) == grid_starts(asked, start, end)
    for missed in explained:
        if missed.why is not Why.TOO_FEW:
            blocked = [group for group in asked.groups if all(host.id in missed.hosts for host in group)]
            assert missed.why in missed.hosts.values()
            assert blocked


def test_of_an_offered_time_too_it_is_told_who_cannot_take_it() -> None:
    question = case([Host("ann", MORNING, BUSY), Host("ben", MORNING)])
    assert obstacles(question, BUSY[0][0], BUSY[0][1] + 1) == {
        BUSY[0][0]: {"ann": Why.BUSY},
        BUSY[0][1]: {},
    }
