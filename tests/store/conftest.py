"""The store's tests run on every line of Redis that Admit One promises to work on."""

from __future__ import annotations

import pytest

from tests.redis_server import LINES


@pytest.fixture(scope="session", params=list(LINES))
def redis_line(request: pytest.FixtureRequest) -> str:
    """Which Redis the tests run on: each of them in turn."""
    line: str = request.param
    return line
