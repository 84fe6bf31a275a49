"""A server with a host and a page in it, and customers who come with and without scripts.

NOW is Wednesday, 18 November 2026, 11:06:40 UTC; Paris is at UTC+1.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.support.api.calling import a_rule
from tests.support.customer.host import Host, a_host
from tests.support.customer.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.support.api.deployment import Deployment

EVENING = {"timezone": "Europe/Paris", "weekly": {"thu": [["20:00", "21:00"]]}}


@pytest.fixture
async def host(deployment: Deployment) -> Host:
    """Hanna, with half an hour by telephone on a page with weekday hours in Paris."""
    return await a_host(deployment)


@pytest.fixture
async def master(host: Host) -> Any:
    """Half an hour with Hanna or, on Thursday evenings, with Otto; or an hour with Hanna."""
    otto = await host.deployment.user(name="Otto Other")
    second = await otto.new_page(host.event_type, schedule=EVENING)
    hour = await host.api.new_event_type(name="A whole hour", duration_minutes=60)
    pool = await host.api.new_pool(host.page, second, method="pooled")
    return await host.api.new_master_page(
        a_rule(host.event_type, pool), a_rule(hour, host.page), title="Talk to us", slug="talk-to-us"
    )


@pytest.fixture
async def new_visitor(deployment: Deployment) -> AsyncIterator[Callable[[], Awaitable[Visitor]]]:
    """A function that makes customers, each with a browser of their own."""
    async with AsyncExitStack() as stack:

        async def make() -> Visitor:
            jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address in digits, too
            http = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
            return Visitor(http, deployment.url)

        yield make


@pytest.fixture
async def visitor(new_visitor: Callable[[], Awaitable[Visitor]]) -> Visitor:
    """A customer."""
    return await new_visitor()
