"""A server with a page and an event type in it, an administrator, a member, and a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.support.dashboard.server import running_dashboard
from tests.support.invariants import check_invariants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock
    from tests.support.dashboard.server import DashboardServer


class Workspace(NamedTuple):
    """The administrator's `page`, for `event_type`."""

    event_type: Any
    page: Any


@pytest.fixture
async def dashboard(redis_url: str, clock: Clock, chromium: Browser) -> AsyncIterator[DashboardServer]:
    """A server on an empty Redis; the invariants must hold after the test."""
    async with running_dashboard(redis_url, clock, chromium) as running:
        yield running
        assert await check_invariants(running.store.client) == []


@pytest.fixture
async def admin(dashboard: DashboardServer) -> Api:
    """An administrator."""
    return await dashboard.user("administrator", name="Ada Admin", email="ada@host.test")


@pytest.fixture
async def member(admin: Api, dashboard: DashboardServer) -> Api:
    """A member of the administrator's workspace."""
    assert admin.key
    return await dashboard.user(name="Max Member", email="max@host.test")


@pytest.fixture
async def workspace(admin: Api) -> Workspace:
    """Half an hour by telephone, on a page with weekday hours in Paris."""
    event_type = await admin.new_event_type()
    return Workspace(event_type, await admin.new_page(event_type, title="Talk to Ada", slug="ada-admin"))
