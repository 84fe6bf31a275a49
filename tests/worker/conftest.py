"""A store, and workers on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.store.actions import a_store
from tests.support.worker.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Store]:
    """A store on a Redis that is empty."""
    async with a_store(redis_url) as store:
        yield store


@pytest.fixture
def workers(store: Store) -> Workers:
    """Workers on the store."""
    return Workers(store)
