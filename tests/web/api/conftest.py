"""A server, and its API clients.

NOW is Wednesday, 18 November 2026, 11:06:40 UTC; Paris is at UTC+1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.api.servers import Servers, servers_on
from tests.support.invariants import check_invariants
from tests.support.redis_server import running_redis
from tests.support.server_process import ServerProcess, running_servers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment


@pytest.fixture
async def admin(deployment: Deployment) -> Api:
    """An administrator's API client."""
    return await deployment.user("administrator", name="Alex Admin")


@pytest.fixture
async def member(admin: Api, deployment: Deployment) -> Api:
    """The API client of a member of the administrator's workspace."""
    assert admin.key
    return await deployment.user(name="Hanna Host")


@pytest.fixture
async def other_member(admin: Api, deployment: Deployment) -> Api:
    """The API client of another member."""
    assert admin.key
    return await deployment.user(name="Otto Other")


@pytest.fixture
async def stranger(deployment: Deployment) -> Api:
    """The API client of another workspace's administrator."""
    return await deployment.user("administrator", workspace="0XYZ", name="Sue Stranger")


@pytest.fixture
def customer(deployment: Deployment) -> Api:
    """A customer's API client."""
    return deployment.customer


@pytest.fixture(scope="session")
def three_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[ServerProcess]]]:
    """Three server processes on one Redis, and its address; a test leaves them running."""
    folder = tmp_path_factory.mktemp("servers")
    with running_redis("valkey") as redis, running_servers(3, folder, REDIS_URL=redis.url) as processes:
        yield redis.url, processes


@pytest.fixture
async def servers(three_servers: tuple[str, list[ServerProcess]]) -> AsyncIterator[Servers]:
    """Three server processes, with a workspace for the test; the invariants must hold after the test."""
    redis_url, processes = three_servers
    async with servers_on(redis_url, processes) as servers:
        yield servers
        assert await check_invariants(servers.redis) == []
