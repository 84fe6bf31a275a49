"""What the address of a report asks for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from admitone.domain.errors import Invalid
from admitone.web.dashboard.reports.report_query import read_report_query, summary_query

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = date(2026, 3, 18)


def asked(address: Mapping[str, str], *, sees_all: bool = True) -> tuple[str, str, str]:
    """The first and last day and the grouping that an address asks for."""
    found = summary_query(read_report_query(address, sees_all=sees_all), TODAY)
    return str(found.first), str(found.last), found.group_by


@pytest.mark.parametrize(
    ("chosen", "first", "last", "by"),
    [
        ("", "2026-02-17", "2026-03-18", "day"),
        ("anything", "2026-02-17", "2026-03-18", "day"),
        ("7", "2026-03-12", "2026-03-18", "day"),
        ("90", "2025-12-19", "2026-03-18", "day"),
        ("month", "2026-03-01", "2026-03-18", "day"),
        ("last-month", "2026-02-01", "2026-02-28", "day"),
        ("year", "2026-01-01", "2026-03-18", "day"),
    ],
)
def test_a_range_goes_on_to_today(chosen: str, first: str, last: str, by: str) -> None:
    assert asked({"range": chosen}) == (first, last, by)


def test_an_own_range_may_be_incomplete_and_a_long_one_is_by_week() -> None:
    own = {"range": "own", "from": "2025-03-01", "to": "2026-02-28"}
    assert asked(own) == ("2025-03-01", "2026-02-28", "week")
    assert asked(own | {"by": "day"}) == ("2025-03-01", "2026-02-28", "day")
    assert asked({"range": "own"}) == ("2026-02-17", "2026-03-18", "day")
    assert asked({"range": "own", "to": "2026-01-31"}) == ("2026-01-02", "2026-01-31", "day")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-02-02", "to": "2026-02-01"}, "to"),
        ({"from": "2024-01-01", "to": "2026-01-01"}, "to"),
        ({"to": "9999-12-31"}, "to"),
    ],
)
def test_dates_that_are_no_range_are_refused(given: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        asked({"range": "own"} | given)
    assert [error.field for error in refusal.value.errors] == [field]


def test_what_cannot_be_shown_counts_as_not_asked() -> None:
    assert asked({"by": "page"})[2] == "page"
    assert asked({"by": "hour"})[2] == "day"
    assert asked({"by": "page", "only": "host:ada"})[2] == "day"
    assert asked({"by": "week", "only": "host:ada"})[2] == "week"
    assert asked({"by": "page"}, sees_all=False)[2] == "day"
    for only in ("host", "host:", "member:a/b/c", ":x", "total:"):
        assert read_report_query({"only": only}, sees_all=True).only is None
    assert read_report_query({"only": "domain:a:b"}, sees_all=True).only == ("domain", "a:b")
    assert read_report_query({"only": "host:ada"}, sees_all=False).only is None
    assert read_report_query({"figure": "anything"}, sees_all=True).figure == "scheduled"
