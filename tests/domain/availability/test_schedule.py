"""A schedule is checked where it is written, and each problem names its place."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from admitone.domain.availability.schedule import Schedule, clock_seconds, window_seconds

BODY: dict[str, Any] = {
    "timezone": "Europe/Paris",
    "weekly": {"mon": [["09:00", "12:00"], ["13:00", "17:00:30"]], "fri": [["22:00", "02:00"]]},
    "overrides": {"2026-12-24": [["09:00", "24:00"]], "2026-12-25": []},
}


def test_a_body_is_read_and_written_as_the_api_shows_it() -> None:
    schedule = msgspec.convert(BODY, Schedule)
    assert schedule.problems() == []
    echo = msgspec.json.decode(msgspec.json.encode(schedule))
    closed: dict[str, object] = {day: [] for day in ("tue", "wed", "thu", "sat", "sun")}
    assert echo.pop("weekly") == BODY["weekly"] | closed
    assert echo == {"timezone": BODY["timezone"], "overrides": BODY["overrides"]}


def test_days_left_out_are_closed() -> None:
    assert msgspec.convert({"timezone": "UTC"}, Schedule).weekly.days() == ((),) * 7


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "europe/paris"}, "timezone"),
        ({"timezone": "../etc/passwd"}, "timezone"),
        ({"timezone": ""}, "timezone"),
        ({"weekly": {"tue": [["09:00", "10:00"], ["9:00", "10:00"]]}}, "weekly.tue.1"),
        ({"weekly": {"tue": [["09:00", "24:01"]]}}, "weekly.tue.0"),
        ({"weekly": {"tue": [["09:00", "10:60"]]}}, "weekly.tue.0"),
        ({"weekly": {"tue": [["09:00", "10:00\n"]]}}, "weekly.tue.0"),
        ({"weekly": {"tue": [["٠٩:٠٠", "10:00"]]}}, "weekly.tue.0"),
        ({"overrides": {"2026-02-29": []}}, "overrides.2026-02-29"),
        ({"overrides": {"20260228": []}}, "overrides.20260228"),
        ({"overrides": {"0001-01-01": []}}, "overrides.0001-01-01"),
        ({"overrides": {"2026-02-28": [["09:00", "soon"]]}}, "overrides.2026-02-28.0"),
    ],
)
def test_a_problem_names_its_place(change: dict[str, object], place: str) -> None:
    schedule = msgspec.convert(BODY | change, Schedule)
    assert [problem.field for problem in schedule.problems()] == [place]


@pytest.mark.parametrize(
    "change",
    [
        {"weekly": {"monday": []}},
        {"weekly": {"mon": [["09:00"]]}},
        {"weekly": {"mon": [["09:00", "10:00", "11:00"]]}},
        {"weekly": {"mon": [[9, 10]]}},
        {"zone": "UTC"},
    ],
)
def test_an_unknown_field_or_another_shape_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(BODY | change, Schedule)


@pytest.mark.parametrize(
    ("window", "seconds"),
    [
        (("09:00", "17:00"), (32_400, 61_200)),
        (("00:00", "24:00"), (0, 86_400)),
        (("00:00", "00:00"), (0, 86_400)),
        (("22:00", "02:00"), (79_200, 93_600)),
        (("22:00", "24:00"), (79_200, 86_400)),
        (("09:00:15", "09:00:15"), (32_415, 118_815)),
    ],
)
def test_an_end_not_after_its_start_runs_past_midnight(
    window: tuple[str, str], seconds: tuple[int, int]
) -> None:
    assert window_seconds(window) == seconds


def test_a_clock_time_is_written_in_full() -> None:
    assert clock_seconds("24:00:00") == 86_400
    for text in ("24:00:01", "7:00", "07", " 07:00", "07:00:00.5"):
        with pytest.raises(ValueError, match=text):
            clock_seconds(text)
