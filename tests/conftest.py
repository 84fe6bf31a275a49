"""The fixtures of every test. The conftest of tests/store runs its tests on each server."""

from __future__ import annotations

import gc
import shutil
from typing import TYPE_CHECKING

import pytest
import uvloop
from hypothesis import HealthCheck, settings
from playwright.async_api import async_playwright, expect

from admitone.app import YOUNG_OBJECTS
from admitone.store.redis.connect import open_redis
from tests.support.api.deployment import Clock, deployed
from tests.support.invariants import check_invariants
from tests.support.network import refuse_other_machines
from tests.support.patience import PATIENCE_MS
from tests.support.redis_server import running_redis
from tests.support.sizes import FULL

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import AsyncIterator, Callable, Iterator

    from playwright.async_api import Browser
    from redis.asyncio import Redis

    from tests.support.api.deployment import Deployment
    from tests.support.redis_server import RedisServer

refuse_other_machines()
expect.set_options(timeout=PATIENCE_MS)
# No example is judged by how long it took. Those of `make test` are the same each time, so that what fails
# there fails for a change; `make soak` looks for new ones.
settings.register_profile(
    "admitone", deadline=None, derandomize=not FULL, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("admitone")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`soak` marks what `make soak` runs at full size; `soak(only=True)` has no smaller size to run.

    Most tests that wait long are among them. They come first, so that no worker waits for another at the end.
    """
    items.sort(key=lambda item: item.get_closest_marker("soak") is None)
    if FULL:
        return
    for item in items:
        marker = item.get_closest_marker("soak")
        if marker and marker.kwargs.get("only"):
            item.add_marker(pytest.mark.skip(reason="full size only: make soak"))


def pytest_collection_finish() -> None:
    """Exclude modules and tests from garbage collections, as a server does: they took a quarter of a test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
    gc.enable()


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], AbstractEventLoop]]:
    """Tests run on the event loop that servers run on."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def redis_line() -> str:
    """The server that the tests run on: the one that Admit One starts by itself."""
    return "valkey"


@pytest.fixture(scope="session")
def redis_server(redis_line: str) -> Iterator[RedisServer]:
    """The Redis that a whole run shares; a test must leave it running and its configuration as it was."""
    with running_redis(redis_line) as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The address of a Redis that is empty."""
    with redis_server.client() as client:
        client.flushall()
    return redis_server.url


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """The server's own kind of client, on an empty Redis."""
    async with open_redis(redis_url) as client:
        yield client


@pytest.fixture
def clock() -> Clock:
    """A server's clock: Wednesday, 18 November 2026, 11:06:40 UTC, until a test moves it."""
    return Clock()


@pytest.fixture
async def deployment(redis_url: str, clock: Clock) -> AsyncIterator[Deployment]:
    """A server on an empty Redis; the invariants must hold after the test."""
    async with deployed(redis_url, clock) as running:
        yield running
        assert await check_invariants(running.store.client) == []


@pytest.fixture
def own_redis(redis_line: str) -> Iterator[RedisServer]:
    """An empty Redis for one test, which may kill it and start it again."""
    with running_redis(redis_line) as server:
        yield server


@pytest.fixture(scope="session")
async def one_chromium() -> AsyncIterator[Browser]:
    """A Chromium without windows, once for a whole run.

    The distribution's, or that of `playwright install`. The headless shell shows pages with the same engine
    and takes a quarter of the time, since it makes no windows, toolbars and profiles around them.
    """
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        await browser.close()


@pytest.fixture
async def chromium(one_chromium: Browser) -> AsyncIterator[Browser]:
    """A browser without windows; those that a test opens are closed after it."""
    yield one_chromium
    for window in list(one_chromium.contexts):
        await window.close()
