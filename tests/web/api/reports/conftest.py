"""A server whose counters a test writes itself: they need not be those of its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.api.deployment import Clock, Deployment, deployed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def deployment(redis_url: str, clock: Clock) -> AsyncIterator[Deployment]:
    """A server on an empty Redis, after which no invariant is checked."""
    async with deployed(redis_url, clock) as running:
        yield running
