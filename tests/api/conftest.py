"""A server, and programs that call it.

NOW is Wednesday, 18 November 2026, 11:06:40 UTC; Paris is at UTC+1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.deployment import Clock, deployed
from tests.invariants import check_invariants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.api.calling import Api
    from tests.api.deployment import Deployment


@pytest.fixture
def clock() -> Clock:
    """The server's clock."""
    return Clock()


@pytest.fixture
async def deployment(redis_url: str, clock: Clock) -> AsyncIterator[Deployment]:
    """A server on an empty Redis; whatever a test does, the database must add up afterwards."""
    async with deployed(redis_url, clock) as running:
        yield running
        assert await check_invariants(running.store.client) == []


@pytest.fixture
async def admin(deployment: Deployment) -> Api:
    """An administrator's program."""
    return await deployment.user("administrator", name="Alex Admin")


@pytest.fixture
async def member(admin: Api, deployment: Deployment) -> Api:
    """A member's program, in the administrator's workspace."""
    assert admin.key
    return await deployment.user(name="Hanna Host")


@pytest.fixture
async def other_member(admin: Api, deployment: Deployment) -> Api:
    """Another member's."""
    assert admin.key
    return await deployment.user(name="Otto Other")


@pytest.fixture
async def stranger(deployment: Deployment) -> Api:
    """The program of another workspace's administrator."""
    return await deployment.user("administrator", workspace="0XYZ", name="Sue Stranger")


@pytest.fixture
def customer(deployment: Deployment) -> Api:
    """A customer's program."""
    return deployment.customer
