"""A server with fakegoogle in Google's place, and browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.fakegoogle.state import State
from tests.support.accounts.site import REGISTERED, running_site
from tests.support.fakegoogle.running import running, signing_key
from tests.support.invariants import check_invariants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.support.accounts.browser import Browser
    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """fakegoogle with its demo accounts."""
    async with running(State(key=signing_key(), clients=[REGISTERED])) as one:
        yield one


@pytest.fixture
async def site(redis: Redis, redis_url: str, google: FakeGoogle, clock: Clock) -> AsyncIterator[Site]:
    """A server with open sign-up; the invariants must hold after the test."""
    async with running_site(redis_url, google, clock, SIGN_UP="open") as one:
        yield one
        assert await check_invariants(redis) == []


@pytest.fixture
async def browser(site: Site) -> Browser:
    """Somebody's browser."""
    return site.browser()
