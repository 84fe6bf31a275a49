"""A server, and an OAuth client of a user whose browser is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.api.deployment import Clock, deployed
from tests.support.invariants import check_invariants
from tests.support.oauth.app import REDIRECT_URI, App, app_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment


@pytest.fixture
async def deployment(redis_url: str, clock: Clock) -> AsyncIterator[Deployment]:
    """A server on an empty Redis; the invariants must hold after the test."""
    async with deployed(redis_url, clock, EXTENSION_REDIRECT_URIS=REDIRECT_URI) as running:
        yield running
        assert await check_invariants(running.store.client) == []


@pytest.fixture
async def user(deployment: Deployment) -> Api:
    """A member's API client."""
    return await deployment.user(name="Hanna Host")


@pytest.fixture
async def app(deployment: Deployment, user: Api) -> App:
    """The member's OAuth client."""
    return await app_of(deployment, user)
