"""A server with a page and an event type in it, an administrator, a member, and a browser."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.async_api import async_playwright

from tests.api.deployment import Clock
from tests.dashboard.chromium import running_chromium
from tests.dashboard.house import open_house
from tests.invariants import check_invariants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from playwright.async_api import Browser

    from tests.api.calling import Api
    from tests.dashboard.house import House


class Workspace(NamedTuple):
    """What there is: `page` is the administrator's, for `event_type`."""

    event_type: Any
    page: Any


@pytest.fixture
def clock() -> Clock:
    """The server's clock: Wednesday, 18 November 2026, 11:06:40 UTC."""
    return Clock()


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """The address of a browser that the whole run shares; every test has windows of its own in it."""
    with running_chromium() as address:
        yield address


@pytest.fixture
async def launch(
    request: pytest.FixtureRequest,
) -> AsyncIterator[Callable[[], Awaitable[Browser]]]:
    """A connection to the browser, made when a test first asks for it: many tests need none."""
    async with AsyncExitStack() as stack:
        connected: list[Browser] = []

        async def connect() -> Browser:
            if not connected:
                playwright = await stack.enter_async_context(async_playwright())
                browser = await playwright.chromium.connect_over_cdp(request.getfixturevalue("chromium"))
                stack.push_async_callback(browser.close)
                connected.append(browser)
            return connected[0]

        yield connect


@pytest.fixture
async def house(
    redis_url: str, clock: Clock, launch: Callable[[], Awaitable[Browser]]
) -> AsyncIterator[House]:
    """A server on an empty Redis; whatever a test does, the database must add up afterwards."""
    async with open_house(redis_url, clock, launch) as running:
        yield running
        assert await check_invariants(running.store.client) == []


@pytest.fixture
async def admin(house: House) -> Api:
    """An administrator."""
    return await house.user("administrator", name="Ada Admin", email="ada@host.test")


@pytest.fixture
async def member(admin: Api, house: House) -> Api:
    """A member of the administrator's workspace."""
    assert admin.key
    return await house.user(name="Max Member", email="max@host.test")


@pytest.fixture
async def workspace(admin: Api) -> Workspace:
    """Half an hour by telephone, on a page with weekday hours in Paris."""
    event_type = await admin.new_event_type()
    return Workspace(event_type, await admin.new_page(event_type, title="Talk to Ada", slug="ada-admin"))
