"""A server and an administrator of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.deployment import Clock, deployed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.api.calling import Api
    from tests.api.deployment import Deployment


@pytest.fixture
async def deployment(redis_url: str) -> AsyncIterator[Deployment]:
    """A server on an empty Redis."""
    async with deployed(redis_url, Clock()) as running:
        yield running


@pytest.fixture
async def admin(deployment: Deployment) -> Api:
    """An administrator's program."""
    return await deployment.user("administrator", name="Alex Admin")
