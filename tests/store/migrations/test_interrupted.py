"""A migration may be killed anywhere: the next start completes it. Of several servers, one migrates."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.keys import META, MIGRATION_LOCK
from admitone.store.migrations import migrate, passes
from admitone.store.migrations.migration_lock import MigrationLock
from admitone.store.schema import SCHEMA
from admitone.store.store import Store
from tests.support.factories import WORKSPACE, an_id
from tests.support.server_process import ServerProcess
from tests.support.store.actions import PARTITIONS
from tests.support.store.earlier_data import (
    SOME_RECORDS,
    open_once,
    put_earlier,
    shorten_pauses,
    stored_schema,
)
from tests.support.store.kept_data import read_keys
from tests.support.worker.workers import until

if TYPE_CHECKING:
    from pathlib import Path

    from redis.asyncio import Redis

    from admitone.store.store import ScriptAnswer
    from tests.support.redis_server import RedisServer

STORED = SOME_RECORDS[0]
DONE = (b"%d" % SCHEMA, None)


class KilledError(BaseException):
    """The process is gone."""


class Death:
    """Kills the process before or after its n-th script call: none of its later calls arrives."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = 10**9
        self.calls: list[str] = []
        self.is_late = False
        self._call = Store.call
        death = self

        async def call(store: Store, script: str, *args: Any, **options: Any) -> ScriptAnswer:
            return await death.called(store, script, *args, **options)

        monkeypatch.setattr(Store, "call", call)

    async def called(self, store: Store, script: str, *args: Any, **options: Any) -> ScriptAnswer:
        """A script call of the process, if it lives."""
        self.left -= 1
        if self.left < 0 or (self.left == 0 and not self.is_late):
            raise KilledError
        self.calls.append(script)
        answer = await self._call(store, script, *args, **options)
        if self.left == 0:
            raise KilledError
        return answer


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a lock for long."""
    shorten_pauses(monkeypatch)


@pytest.mark.parametrize("is_late", [False, True], ids=["before", "after"])
async def test_killed_at_any_script_call_it_is_completed_by_the_next_start(
    is_late: bool, redis: Redis, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    death = Death(monkeypatch)
    await put_earlier(redis, STORED)
    await open_once(redis_url)
    whole = plain(await read_keys(redis))
    steps = len(death.calls)
    assert steps > 8
    death.is_late = is_late
    for step in range(1, steps):
        await put_earlier(redis, STORED)
        death.left = step
        with pytest.raises(KilledError):
            await open_once(redis_url)
        death.left = 10**9
        await open_once(redis_url)
        assert plain(await read_keys(redis)) == whole, death.calls[step - 1]
        assert await stored_schema(redis) == DONE


def plain(keys: Any) -> Any:
    """Stored data without the stamp, the lock, and what is sealed anew each time."""
    for kept in keys.values():
        if kept["type"] == "string" and '"m":"' in kept["value"]:
            head, _, tail = kept["value"].partition('"m":"')
            kept["value"] = head + tail.partition('"')[2]
    return {key: kept for key, kept in keys.items() if key not in {META, MIGRATION_LOCK}}


async def test_of_two_servers_that_start_at_once_one_migrates(
    redis: Redis, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_earlier(redis, STORED)
    runs = 0

    async def counted(*args: Any) -> None:
        nonlocal runs
        runs += 1
        await passes.rewrite_all(*args)

    monkeypatch.setattr(migrate, "rewrite_all", counted)
    await asyncio.gather(*(open_once(redis_url) for _ in range(3)))
    assert runs == 1
    assert await stored_schema(redis) == DONE


async def test_who_gets_the_lock_from_one_that_has_migrated_does_not_migrate_again(
    redis: Redis, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_earlier(redis, STORED)
    runs, is_first = 0, True
    take = MigrationLock.take

    async def counted(*args: Any) -> None:
        nonlocal runs
        runs += 1
        await passes.rewrite_all(*args)

    async def overtaken(lock: MigrationLock) -> str | None:
        """The lock, after another server has migrated between our look at the stamp and this."""
        nonlocal is_first
        if is_first:
            is_first = False
            await open_once(redis_url)
        return await take(lock)

    monkeypatch.setattr(migrate, "rewrite_all", counted)
    monkeypatch.setattr(MigrationLock, "take", overtaken)
    await open_once(redis_url)
    assert runs == 1
    assert await stored_schema(redis) == DONE


async def test_a_server_killed_while_it_migrates_goes_on_where_it_is_started_again(
    own_redis: RedisServer, tmp_path: Path
) -> None:
    """The whole server in a process of its own, and SIGKILL between two records."""
    count = 3000
    with own_redis.client() as client:
        client.hset(META, mapping={"schema": "1", "partitions": str(PARTITIONS)})
        prefix = f"ao:{{p12}}:{WORKSPACE}:link"
        ids = [an_id() for _ in range(count)]
        pipeline = client.pipeline(transaction=False)
        for one in ids:
            pipeline.hset(f"{prefix}:{one}", mapping={"bookings": f"{one},x"})
        pipeline.execute()
        server = ServerProcess(tmp_path, REDIS_URL=own_redis.url, PARTITIONS=str(PARTITIONS))
        server.launch()

        async def has_begun() -> bool:
            return bool(client.hget(META, "migrating")) and any(
                client.hexists(f"{prefix}:{one}", "earlier") for one in ids[:50]
            )

        await until(has_begun)
        server.kill()
        assert client.hget(META, "migrating") == b"1"
        server.start()
        try:
            assert client.hmget(META, "schema", "migrating") == list(DONE)
            for one in ids:
                assert client.hgetall(f"{prefix}:{one}") == {b"earlier": f"{one},x".encode()}
        finally:
            server.stop()
