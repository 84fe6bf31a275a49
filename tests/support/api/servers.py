"""Several server processes on one Redis, and API clients that call any of them."""

from __future__ import annotations

import itertools
import random
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp

from admitone.domain import tokens
from admitone.store.keys import META
from admitone.store.redis.opened import opened_redis
from admitone.store.store import open_store
from tests.support.api.calling import ROUND_THE_CLOCK, Api
from tests.support.api.deployment import PARTITIONS, new_user
from tests.support.factories import SEALER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from redis.asyncio import Redis

    from admitone.store.store import Store
    from tests.support.server_process import ServerProcess

ANSWER_SECONDS = 120


class Servers:
    """Server processes on one Redis, with a workspace for one test; they use the real time."""

    def __init__(self, store: Store, http: aiohttp.ClientSession, processes: Sequence[ServerProcess]) -> None:
        self.store = store
        self.http = http
        self.processes = processes
        self.workspace = _new_workspace()

    @property
    def redis(self) -> Redis:
        """A Redis client for the test's own commands."""
        return self.store.client

    @property
    def customer(self) -> Api:
        """A customer's API client."""
        return Api(self.http, self.any_url)

    def any_url(self) -> str:
        """The address of one of the servers, which may be down at the moment."""
        return random.choice(self.processes).url

    async def start_over(self) -> None:
        """Empty Redis and take a new workspace, so that no server has cached records of it."""
        stamp = await self.redis.hgetall(META)
        await self.redis.flushall()
        await self.redis.hset(META, items=[part for pair in stamp.items() for part in pair])
        self.workspace = _new_workspace()

    async def user(self, role: str = "administrator") -> Api:
        """A new user of the workspace."""
        made = await new_user(self.store, self.http, "", role, self.workspace)
        made.server = self.any_url
        return made


@asynccontextmanager
async def servers_on(redis_url: str, processes: Sequence[ServerProcess]) -> AsyncIterator[Servers]:
    """These server processes, which use the Redis or the cluster at `redis_url`."""
    async with (
        opened_redis(redis_url, accept=True, replicas=0) as redis,
        open_store(redis, SEALER, PARTITIONS) as store,
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(ANSWER_SECONDS)
        ) as http,
    ):
        yield Servers(store, http, processes)


async def always_open(api: Api, **event_type: Any) -> Any:
    """A page of half hours round the clock for the next sixty days."""
    made = await api.new_event_type(**event_type)
    return await api.new_page(made, schedule={"timezone": "UTC", "weekly": ROUND_THE_CLOCK})


def coming_days(count: int = 60) -> tuple[str, str]:
    """Tomorrow, and the last of so many days."""
    today = datetime.now(UTC).date()
    return str(today + timedelta(1)), str(today + timedelta(count))


_numbers = itertools.count(1)
"""Each workspace number is used once, since servers cache the records of a workspace."""


def _new_workspace() -> str:
    return f"{next(_numbers):0{tokens.WORKSPACE_LENGTH}}"
