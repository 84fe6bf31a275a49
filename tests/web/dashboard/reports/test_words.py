"""How reports say numbers, times and differences."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from admitone.domain.date_text import DateText
from admitone.domain.people.reader import reader_for
from admitone.web.dashboard.reports.words import Words


def words(language: str = "en-GB") -> Words:
    """The words for a reader of a language."""
    return Words(DateText(reader_for([language], part="dashboard"), ZoneInfo("Europe/Paris")))


@pytest.mark.parametrize(
    ("number", "brief"), [(0, "0"), (1200, "1,200"), (9999, "9,999"), (20_000, "20K"), (1_500_000, "1.5M")]
)
def test_large_numbers_are_brief(number: int, brief: str) -> None:
    assert words().brief(number) == brief


@pytest.mark.parametrize(
    ("minutes", "length"),
    [
        (0, "less than a minute"),
        (59, "59 minutes"),
        (133, "2 hours 10 minutes"),
        (2877, "2 days"),
        (4187, "2 days 22 hours"),
        (13_000, "9 days"),
    ],
)
def test_a_median_is_said_no_more_exactly_than_it_is(minutes: int, length: str) -> None:
    assert words().length(minutes) == length


@pytest.mark.parametrize(
    ("now", "before", "days", "difference"),
    [
        (13, 1, 30, "12 more than in the 30 days before"),
        (1, 2001, 30, "2,000 fewer than in the 30 days before"),
        (4, 4, 7, "As many as in the 7 days before"),
        (2, 1, 1, "1 more than on the day before"),
        (1, 2, 1, "1 fewer than on the day before"),
        (0, 0, 1, "As many as on the day before"),
    ],
)
def test_a_difference_is_said_in_words(now: int, before: int, days: int, difference: str) -> None:
    assert words().difference(now, before, days) == difference


def test_charts_are_mirrored_where_text_runs_right_to_left() -> None:
    assert not words().is_mirrored
    arabic = Words(DateText(reader_for(["ar"]), ZoneInfo("Europe/Paris")))
    assert arabic.is_mirrored
    assert arabic.number(1200) == "1,200"
    assert arabic.share(0.333) == "33%"
