"""The table of routes, row by row; it must stay a table."""

from __future__ import annotations

import pytest

from admitone.web.http.route import Access, Route
from admitone.web.routes import ROUTES


def test_no_row_stands_twice() -> None:
    rows = [(route.method, route.path) for route in ROUTES]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_a_row_is_well_formed(route: Route) -> None:
    assert route.method in {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert route.path.startswith("/")
    assert isinstance(route.access, Access)
    assert route.limit.body >= 0
    if route.method in {"GET", "DELETE"}:
        assert route.limit.body == 0
