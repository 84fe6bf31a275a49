"""The store's tests run on every line of Redis that Admit One promises to work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.redis_server import LINES
from tests.support.store.doing import a_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store


@pytest.fixture(scope="session", params=list(LINES))
def redis_line(request: pytest.FixtureRequest) -> str:
    """Which Redis the tests run on: each of them in turn."""
    line: str = request.param
    return line


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Store]:
    """A store on a Redis that is empty."""
    async with a_store(redis_url) as store:
        yield store
