"""Local dates as intervals of instants, in every zone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.availability.zones import (
    DAY,
    EPOCH_DATE,
    FIRST_DATE,
    LAST_DATE,
    date_at,
    date_exists,
    date_start,
    day_bounds,
    same_time,
    wall_instant,
    week_bounds,
    zone,
    zone_names,
)
from tests.support.domain.availability_cases import at, utc

ZONES = sorted(zone_names())
instants = st.integers(utc("1850-01-01 00:00"), utc("2100-01-01 00:00"))


@given(st.sampled_from(ZONES), instants)
def test_dates_follow_each_other_without_gap_or_overlap(name: str, now: int) -> None:
    ordinal = date_at(zone(name), now)
    assert date_start(zone(name), ordinal) <= now < date_start(zone(name), ordinal + 1)
    assert date_exists(zone(name), ordinal)


@given(st.sampled_from(ZONES), instants)
def test_a_date_is_the_one_that_a_calendar_shows(name: str, now: int) -> None:
    shown = datetime.fromtimestamp(now, zone(name)).date()
    ahead = date_at(zone(name), now) - shown.toordinal()
    # Where clocks went back across midnight, the new date has started already.
    assert ahead == 0 or (ahead == 1 and date_start(zone(name), shown.toordinal() + 1) <= now)


@given(st.sampled_from(ZONES), st.integers(utc("2011-01-01 00:00"), utc("2037-12-01 00:00")))
def test_since_2011_no_clocks_go_back_across_midnight(name: str, now: int) -> None:
    assert date_at(zone(name), now) == datetime.fromtimestamp(now, zone(name)).date().toordinal()


def test_a_date_that_does_not_exist() -> None:
    apia, skipped = zone("Pacific/Apia"), date(2011, 12, 30).toordinal()
    assert not date_exists(apia, skipped)
    assert date_start(apia, skipped) == date_start(apia, skipped + 1) == utc("2011-12-30 10:00")
    assert date_at(apia, utc("2011-12-30 09:59")) == skipped - 1
    assert date_at(apia, utc("2011-12-30 10:00")) == skipped + 1


def test_a_midnight_inside_a_gap_starts_where_the_gap_ends() -> None:
    toronto, day = zone("America/Toronto"), date(1919, 3, 31).toordinal()
    assert date_start(toronto, day) == utc("1919-03-31 04:30")
    assert wall_instant(toronto, day, 0) == utc("1919-03-31 05:00")


def test_the_hour_that_repeats_across_midnight_is_of_the_new_date() -> None:
    st_johns, sunday = zone("America/St_Johns"), date(2010, 11, 7).toordinal()
    assert date_start(st_johns, sunday) == utc("2010-11-07 02:30")
    assert date_at(st_johns, utc("2010-11-07 02:29")) == sunday - 1
    assert date_at(st_johns, utc("2010-11-07 02:31")) == sunday


def test_days_and_weeks_are_as_long_as_the_clocks_make_them() -> None:
    new_york = zone("America/New_York")
    forward, back = at("2026-03-08 12:00", "America/New_York"), at("2026-11-01 12:00", "America/New_York")

    def hours(bounds: tuple[int, int]) -> int:
        return (bounds[1] - bounds[0]) // 3600

    assert (hours(day_bounds(new_york, forward)), hours(day_bounds(new_york, back))) == (23, 25)
    assert (hours(week_bounds(new_york, forward)), hours(week_bounds(new_york, back))) == (167, 169)
    assert week_bounds(new_york, forward)[0] == at("2026-03-02 00:00", "America/New_York")


@given(st.sampled_from(ZONES), st.integers(-(10**14), 10**14))
def test_instants_beyond_the_calendar_count_as_on_its_ends(name: str, beyond: int) -> None:
    assert FIRST_DATE <= date_at(zone(name), beyond) <= LAST_DATE
    day_bounds(zone(name), beyond)
    week_bounds(zone(name), beyond)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "europe/paris", "/etc/passwd", "../zones", "Europe"])
def test_other_names_are_no_zones(name: str) -> None:
    with pytest.raises(KeyError):
        zone(name)


def test_every_zone_loads() -> None:
    for name in ZONES:
        assert zone(name).utcoffset(datetime(2026, 1, 1, tzinfo=UTC)) is not None


def test_the_machines_own_zone_files_do_not_matter() -> None:
    program = (
        "from admitone.domain.availability.zones import date_start, zone\n"
        "names = 'Africa/Cairo', 'Asia/Gaza', 'America/Nuuk'\n"
        "print(sum(date_start(zone(name), 739_700) for name in names))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONTZPATH": path},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for path in ("", "/nowhere")
    }
    expected = sum(date_start(zone(name), 739_700) for name in ("Africa/Cairo", "Asia/Gaza", "America/Nuuk"))
    assert said == {f"{expected}\n"}


def test_ordinals_are_pythons() -> None:
    assert date.fromordinal(EPOCH_DATE) == date(1970, 1, 1)
    assert datetime.fromtimestamp(DAY, UTC).date() == date(1970, 1, 1) + timedelta(days=1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Asia/Kolkata", "Asia/Calcutta", True),
        ("Europe/Paris", "Europe/Berlin", True),
        ("Europe/London", "Africa/Abidjan", False),  # the same in winter only
        ("America/New_York", "UTC", False),
    ],
)
def test_zones_with_the_same_time_all_year_are_the_same_to_people(one: str, other: str, same: bool) -> None:
    assert same_time(one, other, 1_764_000_000) is same
