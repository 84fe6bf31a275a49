"""A server that calls fakegoogle, and people in browsers who connect their accounts to it.

The server's clock is the test's, NOW by default; Google's is the machine's.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from admitone.fakegoogle.state import State
from tests.support.accounts.site import REGISTERED, running_site
from tests.support.fakegoogle.running import running, signing_key
from tests.support.google.host_page import HostPage
from tests.support.google.signed_in_host import SignedInHost
from tests.support.invariants import check_invariants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """fakegoogle with its demo accounts."""
    async with running(State(key=signing_key(), clients=[REGISTERED])) as one:
        yield one


@asynccontextmanager
async def serving(redis_url: str, google: FakeGoogle, clock: Clock, **settings: str) -> AsyncIterator[Site]:
    """A server that calls `google`; calls that a fault holds back are released before it ends."""
    known: dict[str, Any] = {
        "SIGN_UP": "open",
        "GOOGLE_ENDPOINT": google.url,
        "GOOGLE_CLIENT_ID": REGISTERED.client_id,
        "GOOGLE_CLIENT_SECRET": REGISTERED.client_secret,
    }
    async with running_site(redis_url, google, clock, **known | settings) as one:
        try:
            yield one
        finally:
            google.state.faults.clear()
            if one.services.google is not None:
                await one.services.google.close()


@pytest.fixture
async def site(redis: Redis, redis_url: str, google: FakeGoogle, clock: Clock) -> AsyncIterator[Site]:
    """A server; the invariants must hold after the test."""
    async with serving(redis_url, google, clock) as one:
        yield one
        assert await check_invariants(redis) == []


@pytest.fixture
async def host(site: Site, google: FakeGoogle) -> SignedInHost:
    """Ada, who is signed in and has connected nothing yet."""
    return await SignedInHost.opened(site, google)


@pytest.fixture
async def host_page(host: SignedInHost) -> HostPage:
    """Ada's page, which offers half hours; her calendar is connected."""
    await host.connect()
    return await HostPage.opened(host)
