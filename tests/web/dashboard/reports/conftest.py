"""A server whose counters a test writes itself: they need not be those of its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.dashboard.server import running_dashboard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.support.api.deployment import Clock
    from tests.support.dashboard.server import DashboardServer


@pytest.fixture
async def dashboard(redis_url: str, clock: Clock, chromium: Browser) -> AsyncIterator[DashboardServer]:
    """A server on an empty Redis, after which no invariant is checked."""
    async with running_dashboard(redis_url, clock, chromium) as running:
        yield running
