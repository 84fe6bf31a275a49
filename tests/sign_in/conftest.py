"""A server with fakegoogle in Google's place, and browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.fakegoogle.state import State
from tests.fakegoogle.running import running, signing_key
from tests.invariants import check_invariants
from tests.sign_in.site import REGISTERED, running_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.api.deployment import Clock
    from tests.fakegoogle.running import FakeGoogle
    from tests.sign_in.browser import Browser
    from tests.sign_in.site import Site


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """A stand-in with its demo accounts."""
    async with running(State(key=signing_key(), clients=[REGISTERED])) as one:
        yield one


@pytest.fixture
async def site(redis: Redis, redis_url: str, google: FakeGoogle, clock: Clock) -> AsyncIterator[Site]:
    """A server on which everybody may make a workspace; the database must add up afterwards."""
    async with running_site(redis_url, google, clock, SIGN_UP="open") as one:
        yield one
        assert await check_invariants(redis) == []


@pytest.fixture
async def browser(site: Site) -> Browser:
    """Somebody's browser."""
    return site.browser()
