"""The store's tests run on Valkey and on Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.redis_server import LINES
from tests.support.sizes import FULL
from tests.support.store.actions import a_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store

ONE_LINE = {
    "test_coalescer",  # what is sent, and when: the same bytes to every server
    "test_hung",
    "test_interrupted",  # what a migration does between its script calls
    "test_line",
    "test_scripts_contract",  # headers, bodies and typed functions; test_scripts_atomic runs them on both
    "test_scripts_writes",
    "test_resending",
    "test_reseal",
    "test_reseal_meanwhile",
    "test_secrets",
}
"""Modules whose tests would say the same of a second server."""
ONE_LINE_IN_SHORT = {
    "test_earlier_data",  # tests/store/migrations runs every step of a migration on both
}
"""Modules whose tests run on a second server under `make soak`."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on every server, or on Valkey alone."""
    if "redis_line" in metafunc.fixturenames:
        name = metafunc.module.__name__.rpartition(".")[2]
        is_one = name in ONE_LINE or (name in ONE_LINE_IN_SHORT and not FULL)
        metafunc.parametrize("redis_line", ["valkey"] if is_one else list(LINES), scope="session")


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Store]:
    """A store on a Redis that is empty."""
    async with a_store(redis_url) as store:
        yield store
