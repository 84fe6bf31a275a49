"""When waits end: elapsed time, dates in the contact's zone, bookings, links."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.availability.zones import zone
from admitone.domain.links.link import LinkState
from admitone.domain.workflows.facts import BookingFacts, LinkFacts
from admitone.domain.workflows.steps import AroundBooking, Span, UntilField, Wait
from admitone.domain.workflows.waits import (
    WaitImpossible,
    clock_second,
    field_date,
    judge_wait,
    span_end,
    wait_end,
)
from tests.support.factories import NOW
from tests.support.workflows.facts import BOOKED, OPENED, SCHEDULED, UNSEEN, a_contact, some_facts

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY, HOUR, MINUTE = 86_400, 3600, 60
ZONES = ("Europe/Paris", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "America/St_Johns", "UTC")


def at(text: str, in_zone: str = "Europe/Paris") -> int:
    """The instant of a wall-clock time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone(in_zone)).timestamp())


def local(instant: int, in_zone: str = "Europe/Paris") -> str:
    return datetime.fromtimestamp(instant, zone(in_zone)).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("in_zone", "begun", "span", "end"),
    [
        ("Europe/Paris", "2026-06-01 10:15", Span(days=3), "2026-06-04 10:15"),
        ("Europe/Paris", "2026-06-01 23:59", Span(days=1, at="09:00"), "2026-06-02 09:00"),
        # Clocks go forward on 29 March and back on 25 October.
        ("Europe/Paris", "2026-03-28 10:15", Span(days=1), "2026-03-29 10:15"),
        ("Europe/Paris", "2026-03-28 10:15", Span(hours=24), "2026-03-29 11:15"),
        ("Europe/Paris", "2026-03-28 02:30", Span(days=1), "2026-03-29 03:30"),
        ("Europe/Paris", "2026-10-24 10:15", Span(days=1), "2026-10-25 10:15"),
        ("Europe/Paris", "2026-10-24 10:15", Span(hours=24), "2026-10-25 09:15"),
        ("Europe/Paris", "2026-10-24 12:00", Span(days=1, at="02:30"), "2026-10-25 02:30"),
        ("America/New_York", "2026-03-07 02:30", Span(days=1), "2026-03-08 03:30"),
        ("America/New_York", "2026-10-31 09:00", Span(days=2), "2026-11-02 09:00"),
        # Apia had no 30 December 2011; Lord Howe's clocks go by half an hour.
        ("Pacific/Apia", "2011-12-29 10:00", Span(days=1), "2011-12-31 10:00"),
        ("Pacific/Apia", "2011-12-29 10:00", Span(days=2), "2011-12-31 10:00"),
        ("Australia/Lord_Howe", "2026-10-03 02:15", Span(days=1), "2026-10-04 02:45"),
        ("Australia/Lord_Howe", "2026-10-03 10:00", Span(hours=24), "2026-10-04 10:30"),
        ("Europe/Paris", "2028-02-28 08:00", Span(days=365), "2029-02-27 08:00"),
        ("Europe/Paris", "2026-06-01 10:15", Span(minutes=90), "2026-06-01 11:45"),
    ],
)
def test_spans(in_zone: str, begun: str, span: Span, end: str) -> None:
    assert local(span_end(span, at(begun, in_zone), zone(in_zone)), in_zone) == end


def test_a_time_that_occurs_twice_is_the_first() -> None:
    end = span_end(Span(days=1, at="02:30"), at("2026-10-24 12:00"), zone("Europe/Paris"))
    assert datetime.fromtimestamp(end, UTC).strftime("%H:%M") == "00:30"


SPANS = st.one_of(
    st.builds(Span, minutes=st.integers(1, 525_600)),
    st.builds(Span, hours=st.integers(1, 8760)),
    st.builds(
        Span,
        days=st.integers(1, 365),
        at=st.none() | st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)),
    ),
)
INSTANTS = st.one_of(
    st.integers(at("1990-01-01 00:00"), at("2045-01-01 00:00")),
    st.builds(
        lambda base, days: base + days * DAY,
        st.sampled_from(
            [
                at("2026-03-29 02:30") - DAY,
                at("2026-10-25 02:30") - DAY,
                at("2011-12-29 12:00", "Pacific/Apia"),
                at("2026-10-04 02:15", "Australia/Lord_Howe"),
                at("2009-11-01 00:30", "America/St_Johns"),
            ]
        ),
        st.integers(-3, 3),
    ),
)


@given(name=st.sampled_from(ZONES), begun_at=INSTANTS, span=SPANS)
def test_a_wait_never_ends_before_it_begins_and_is_what_datetime_says(
    name: str, begun_at: int, span: Span
) -> None:
    facts = some_facts(now=begun_at, in_zone=name)
    end = wait_end(Wait(id="w", for_=span), begun_at, facts)
    assert end >= begun_at
    assert end == max(begun_at, naive_end(span, begun_at, zone(name)))


def naive_end(span: Span, begun_at: int, in_zone: ZoneInfo) -> int:
    """The end as aware datetimes compute it, whose arithmetic is that of wall clocks."""
    if span.days is None:
        return begun_at + (span.hours or 0) * HOUR + (span.minutes or 0) * MINUTE
    end = datetime.fromtimestamp(begun_at, in_zone).replace(fold=0) + timedelta(days=span.days)
    if span.at is not None:
        end = end.replace(hour=int(span.at[:2]), minute=int(span.at[3:]), second=0)
    return int(end.timestamp())


@given(name=st.sampled_from(ZONES), day=st.dates(date(1990, 1, 1), date(2045, 1, 1)), begun_at=INSTANTS)
def test_a_date_field_ends_a_wait_at_its_time_of_day_and_at_once_if_it_is_past(
    name: str, day: date, begun_at: int
) -> None:
    facts = some_facts(in_zone=name, contact=a_contact(fields={"renewal": f" {day} "}))
    wall = datetime(day.year, day.month, day.day, 9, 30, tzinfo=zone(name))
    wait = Wait(id="w", until=UntilField("renewal", "09:30"))
    assert wait_end(wait, begun_at, facts) == max(begun_at, int(wall.timestamp()))


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "2026-2-3", "20260203", "0001-01-01", "9999-12-31"]
)
def test_without_a_date_nothing_says_when_the_wait_ends(text: str) -> None:
    facts = some_facts(contact=a_contact(fields={"renewal": text} if text else {}))
    assert field_date(text) is None
    with pytest.raises(WaitImpossible, match="no date such as 2026-12-24 in the field renewal"):
        wait_end(Wait(id="w", until=UntilField("renewal")), NOW, facts)


def judged(wait: Wait, until: int | None = None, **given: object) -> tuple[str, str, int]:
    found = judge_wait(wait, NOW - 10, until, some_facts(**given))  # type: ignore[arg-type]
    return found.verdict, found.by, found.until - NOW


def test_a_wait_for_a_time_is_fixed_when_it_begins() -> None:
    wait = Wait(id="w", for_=Span(hours=1))
    assert judged(wait) == ("going", "time", HOUR - 10)
    assert judged(wait, NOW + 1) == ("going", "time", 1)
    assert judged(wait, NOW) == ("over", "time", 0)


def test_a_wait_around_a_booking_moves_with_it() -> None:
    before = Wait(id="w", booking=AroundBooking(before=60))
    after = Wait(id="w", booking=AroundBooking(after=30))
    assert judged(before, booking=SCHEDULED) == ("going", "time", DAY - HOUR)
    moved = BookingFacts("rescheduled", NOW + 2 * DAY, NOW + 2 * DAY + HOUR)
    assert judged(before, NOW + 5, booking=moved) == ("going", "time", 2 * DAY - HOUR)
    assert judged(after, NOW + 5, booking=moved) == ("going", "time", 2 * DAY + HOUR + 30 * MINUTE)
    soon = BookingFacts("rescheduled", NOW + 60, NOW + HOUR)
    assert judged(before, NOW + DAY, booking=soon) == ("over", "time", -10)
    assert judged(before, NOW + DAY, booking=BookingFacts("cancelled", NOW + DAY, NOW + DAY + 1))[:2] == (
        "stop",
        "cancelled",
    )
    with pytest.raises(WaitImpossible, match="no booking"):
        judged(before)


@pytest.mark.parametrize(
    ("link", "opened", "booked"),
    [
        (None, "going", "going"),
        (UNSEEN, "going", "going"),
        (OPENED, "over", "going"),
        (BOOKED, "over", "over"),
        (LinkFacts(LinkState.REVOKED), "going", "going"),
    ],
)
def test_a_wait_for_a_link_has_a_timeout(link: LinkFacts | None, opened: str, booked: str) -> None:
    waits = (
        Wait(id="w", link="opened", timeout=Span(days=3)),
        Wait(id="w", link="booked", timeout=Span(days=3)),
    )
    assert [judged(wait, link=link)[0] for wait in waits] == [opened, booked]
    assert [judged(wait, NOW - 1, link=link)[0] for wait in waits] == ["over", "over"]


def test_a_wait_that_names_nothing_is_over() -> None:
    assert judged(Wait(id="w")) == ("over", "time", -10)


def test_clocks() -> None:
    assert clock_second("09:05") == 9 * HOUR + 5 * MINUTE
