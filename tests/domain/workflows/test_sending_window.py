"""When mails of workflows may go out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admitone.domain.availability.zones import zone
from admitone.domain.workflows.sending_window import WEEKDAYS, next_opening
from admitone.domain.workflows.workflow import SendingWindow, Weekday

PARIS = zone("Europe/Paris")
WORK: list[Weekday] = ["mon", "tue", "wed", "thu", "fri"]
OFFICE = SendingWindow(WORK, "09:00", "17:00")
NIGHT = SendingWindow(["sat"], "22:00", "02:00")


def opening(window: SendingWindow, at: str, in_zone: str = "Europe/Paris") -> str:
    """The next opening, as the clocks there show it."""
    begun = int(datetime.fromisoformat(at).replace(tzinfo=zone(in_zone)).timestamp())
    found = next_opening(window, begun, zone(in_zone))
    return datetime.fromtimestamp(found, zone(in_zone)).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("window", "at", "expected"),
    [
        (OFFICE, "2026-11-23 08:00", "2026-11-23 09:00"),
        (OFFICE, "2026-11-23 09:00", "2026-11-23 09:00"),
        (OFFICE, "2026-11-23 16:59", "2026-11-23 16:59"),
        (OFFICE, "2026-11-23 17:00", "2026-11-24 09:00"),
        (OFFICE, "2026-11-27 17:00", "2026-11-30 09:00"),
        (NIGHT, "2026-11-28 23:00", "2026-11-28 23:00"),
        (NIGHT, "2026-11-29 01:59", "2026-11-29 01:59"),
        (NIGHT, "2026-11-29 02:00", "2026-12-05 22:00"),
        # On 29 March 2026 there is no time from 02:00 to 03:00: a window inside it is none that day.
        (SendingWindow(["sun"], "02:00", "03:00"), "2026-03-29 00:00", "2026-04-05 02:00"),
        (SendingWindow(["sun"], "02:00", "03:30"), "2026-03-29 00:00", "2026-03-29 03:00"),
        (SendingWindow([*WEEKDAYS], "09:00", "09:00"), "2026-11-23 03:00", "2026-11-23 03:00"),
        (
            SendingWindow(["mon"], "09:00", "17:00", "America/New_York"),
            "2026-11-23 09:00",
            "2026-11-23 15:00",
        ),
    ],
)
def test_openings(window: SendingWindow, at: str, expected: str) -> None:
    assert opening(window, at) == expected


def test_a_date_that_a_zone_skips_has_no_window() -> None:
    """Apia had no Friday, 30 December 2011."""
    friday = SendingWindow(["fri"], "09:00", "17:00")
    assert opening(friday, "2011-12-29 12:00", "Pacific/Apia") == "2012-01-06 09:00"


def test_no_window_is_always_open() -> None:
    assert next_opening(None, 5, PARIS) == 5


CLOCKS = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


@settings(max_examples=50)
@given(
    name=st.sampled_from(["Europe/Paris", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]),
    days=st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    start=CLOCKS,
    end=CLOCKS,
    begun=st.datetimes(datetime(2011, 12, 20), datetime(2030, 1, 1)),  # noqa: DTZ001 - in the zone below
)
def test_the_next_opening_lies_in_the_window_and_none_lies_before_it(
    name: str, days: set[Weekday], start: str, end: str, begun: datetime
) -> None:
    window = SendingWindow(sorted(days), start, end)
    at = int(begun.replace(tzinfo=zone(name), microsecond=0).timestamp())
    found = next_opening(window, at, zone(name))
    assert is_open(window, found, name)
    for before in range(at, min(found, at + 10 * 86_400), 6 * 3600):
        assert not is_open(window, before, name)


def is_open(window: SendingWindow, at: int, name: str) -> bool:
    """Whether the window of this date or of the one before covers the instant, by aware datetimes."""
    today = datetime.fromtimestamp(at, zone(name)).replace(hour=0, minute=0, second=0, fold=0)
    return any(
        covers(window, at, (today - timedelta(days=back)).replace(tzinfo=None), name) for back in (0, 1, 2)
    )


def covers(window: SendingWindow, at: int, day: datetime, name: str) -> bool:
    if WEEKDAYS[day.weekday()] not in window.days:
        return False
    begin = day.replace(hour=int(window.start[:2]), minute=int(window.start[3:]))
    end = day.replace(hour=int(window.end[:2]), minute=int(window.end[3:]))
    end += timedelta(days=1) if window.end <= window.start else timedelta()
    begin, end = begin.replace(tzinfo=zone(name)), end.replace(tzinfo=zone(name))
    is_date = (
        datetime.fromtimestamp(day.replace(hour=12, tzinfo=zone(name)).timestamp(), zone(name)).date()
        == day.date()
    )
    return is_date and begin.timestamp() <= at < end.timestamp()
