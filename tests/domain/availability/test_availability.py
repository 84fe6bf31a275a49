"""The list, the decision on one start, and what must be read beforehand."""

from __future__ import annotations

from datetime import date

from admitone.domain.availability.case import Booked, Case, Decision, Host, TimeSlots, Verdict
from admitone.domain.availability.days import local_days, local_range
from admitone.domain.availability.decision import booked_range, busy_range, decide, offered_slots
from admitone.domain.availability.zones import day_bounds, week_bounds, zone
from tests.support.domain.availability_cases import case, hours, shown, utc

MONDAY = utc("2026-03-02 00:00")
TUESDAY = utc("2026-03-03 00:00")
MORNING = hours("UTC", [("09:00", "11:00")])


def starts(question: Case, start: int = MONDAY, end: int = TUESDAY) -> list[str]:
    return [text[6:11] for text in shown([slot.start for slot in offered_slots(question, start, end)], "UTC")]


def test_slots_fill_the_hours() -> None:
    assert starts(case(Host("ann", MORNING))) == ["09:00", "09:30", "10:00", "10:30"]


def test_a_start_is_later_than_now_and_gives_the_notice() -> None:
    host = Host("ann", MORNING)
    assert starts(case(host, now=utc("2026-03-02 09:00"))) == ["09:30", "10:00", "10:30"]
    assert starts(case(host, now=utc("2026-03-02 09:00"), min_notice_minutes=60)) == ["10:00", "10:30"]
    assert starts(case(host, now=utc("2026-03-02 09:00") + 1, min_notice_minutes=60)) == ["10:30"]


def test_a_busy_event_blocks_the_new_bookings_own_buffers_and_nothing_more() -> None:
    host = Host("ann", MORNING, busy=[(utc("2026-03-02 09:30"), utc("2026-03-02 10:00"))])
    assert starts(case(host)) == ["09:00", "10:00", "10:30"]
    assert starts(case(host, buffer_before_minutes=10)) == ["09:00", "10:30"]
    assert starts(case(host, buffer_after_minutes=10)) == ["10:00", "10:30"]


def test_between_bookings_lies_the_larger_buffer_not_the_sum() -> None:
    booked = Booked(utc("2026-03-02 09:00"), utc("2026-03-02 09:30"), before=0, after=30 * 60)
    host = Host("ann", MORNING, booked=[booked])
    assert starts(case(host, buffer_before_minutes=30)) == ["10:00", "10:30"]


def test_the_decision_follows_the_order_of_refusals() -> None:
    host = Host("ann", MORNING, busy=[(utc("2026-03-02 09:30"), utc("2026-03-02 10:00"))])
    question = case(host, now=MONDAY)
    free = Decision(Verdict.FREE, (("ann",),))
    assert decide(question, utc("2026-03-02 09:00")) == free
    assert decide(question, utc("2026-03-02 09:30")).verdict is Verdict.TAKEN
    assert decide(question, utc("2026-03-02 09:15")).verdict is Verdict.NOT_OFFERED
    assert decide(question, utc("2026-03-02 11:00")).verdict is Verdict.NOT_OFFERED
    assert decide(question, utc("2026-03-01 09:00")).verdict is Verdict.NOT_OFFERED


def test_a_panel_needs_one_host_of_each_group() -> None:
    ann = Host("ann", MORNING, busy=[(utc("2026-03-02 09:00"), utc("2026-03-02 09:30"))])
    bob = Host("bob", hours("UTC", [("09:00", "10:30")]))
    eve = Host("eve", hours("UTC", [("10:00", "12:00")]))
    slots = TimeSlots.from_minutes(duration_minutes=30, window=None)
    found = offered_slots(Case(slots, [[ann], [bob, eve]], 0), MONDAY, TUESDAY)
    assert [slot.groups for slot in found] == [
        (("ann",), ("bob",)),
        (("ann",), ("bob", "eve")),
        (("ann",), ("eve",)),
    ]


def test_a_host_whom_another_place_cannot_do_without_is_not_named() -> None:
    ann, bob, eve = (Host(name, MORNING) for name in ("ann", "bob", "eve"))
    slots = TimeSlots.from_minutes(duration_minutes=120, window=None)

    def places(*groups: list[Host]) -> list[object]:
        return [slot.groups for slot in offered_slots(Case(slots, groups, 0), MONDAY, TUESDAY)]

    assert places([ann], [ann, bob]) == [(("ann",), ("bob",))]
    assert places([ann, bob], [bob, ann]) == [(("ann", "bob"), ("bob", "ann"))]
    assert places([ann, bob], [bob, ann], [ann, eve, bob]) == [(("ann", "bob"), ("bob", "ann"), ("eve",))]
    assert places([ann], [ann]) == []
    assert places([ann], [Host("ann at work", MORNING, user="ann")]) == []
    assert places([ann, bob], []) == []
    assert places() == []


def test_limits_count_days_and_iso_weeks_of_the_host() -> None:
    booked = Booked(utc("2026-03-02 09:00"), utc("2026-03-02 09:30"))
    host = Host("ann", MORNING, booked=[booked])
    end = utc("2026-03-10 00:00")
    assert starts(case(host, max_per_day=1, duration_minutes=120), end=end) == ["09:00"] * 7
    assert starts(case(host, max_per_week=1, duration_minutes=120), end=end) == ["09:00"]
    of_another_type = Booked(utc("2026-03-02 09:00"), utc("2026-03-02 09:30"), counts=False)
    other = Host("ann", MORNING, booked=[of_another_type])
    assert starts(case(other, max_per_day=1)) == ["09:30", "10:00", "10:30"]


def test_what_is_read_holds_all_that_can_matter() -> None:
    slots = TimeSlots.from_minutes(
        duration_minutes=30, buffer_before_minutes=10, buffer_after_minutes=20, max_per_week=5
    )
    start, end = utc("2026-03-05 00:00"), utc("2026-03-06 00:00")
    assert busy_range(slots, start, end) == (utc("2026-03-04 23:50"), utc("2026-03-06 00:50"))
    low, high = booked_range(slots, zone("UTC"), start, end)
    assert low <= MONDAY
    assert high >= utc("2026-03-09 00:00")


def test_days_are_the_customers_and_the_display_filter_comes_last() -> None:
    host = Host("ann", hours("UTC", [("00:00", "24:00")]))
    tokyo = zone("Asia/Tokyo")
    first, last = date(2026, 3, 2), date(2026, 3, 3)
    found = [
        slot.start
        for slot in offered_slots(case(host, duration_minutes=60), *local_range(tokyo, first, last))
    ]
    days = local_days(found, tokyo, 5)
    assert [day.date for day in days] == [first, last]
    assert shown([*days[0].starts], "Asia/Tokyo") == [
        f"03-02 {hour}:00+09:00" for hour in ("00", "04", "09", "14", "19")
    ]
    assert [len(day.starts) for day in local_days(found, tokyo)] == [24, 24]


def test_bounds_of_the_local_day_and_week() -> None:
    paris = zone("Europe/Paris")
    assert day_bounds(paris, utc("2026-03-29 12:00")) == (utc("2026-03-28 23:00"), utc("2026-03-29 22:00"))
    assert week_bounds(paris, utc("2026-03-29 12:00")) == (utc("2026-03-22 23:00"), utc("2026-03-29 22:00"))
