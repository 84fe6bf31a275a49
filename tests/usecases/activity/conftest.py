"""A store without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.store.actions import a_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Store]:
    """A store on a Redis that is empty."""
    async with a_store(redis_url) as store:
        yield store
