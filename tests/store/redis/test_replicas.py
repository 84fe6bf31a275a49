"""Where replicas are asked for, a write is acknowledged once they have it; else its outcome is unknown."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.errors import OutcomeUnknown
from admitone.store.codes import Code
from admitone.store.redis import coalescer
from admitone.store.redis.connect import open_redis
from admitone.store.redis.usage import begin_usage, current_usage
from admitone.store.store import open_store
from tests.support.factories import SEALER, a_link
from tests.support.ports import free_port
from tests.support.redis_server import running_redis
from tests.support.store.actions import PARTITIONS, read, try_create

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from admitone.domain.links.link import Link
    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A replica on a machine with other things to do is late, and not away."""
    monkeypatch.setattr(coalescer, "REPLICATED_WITHIN", 8000)


@asynccontextmanager
async def replicated(line: str) -> AsyncIterator[tuple[Store, RedisServer]]:
    """A store that asks for one replica, on a primary that has one, and that one."""
    port = str(free_port())
    with (
        running_redis(line, port=port, bind="127.0.0.1", repl_diskless_sync_delay="0") as primary,
        running_redis(line) as replica,
    ):
        _follow(replica, port)
        async with (
            open_redis(primary.url) as client,
            _linked_store(client, replica) as store,
        ):
            yield store, replica


async def test_what_was_acknowledged_is_on_the_replica(redis_line: str) -> None:
    async with replicated(redis_line) as (store, replica):
        links = [a_link() for _ in range(50)]
        answers = await asyncio.gather(*(try_create(store, link) for link in links))
        assert {answer.code for answer in answers} == {Code.OK}
        with replica.client() as there:
            for link in links:
                assert there.exists(store.keys(link.code[:4]).link(link.id))


async def test_without_enough_replicas_nothing_is_acknowledged_and_reads_go_on(
    redis_line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with replicated(redis_line) as (store, _):
        store.lines.primaries[0]._writes[0]._replicas = 2
        monkeypatch.setattr(coalescer, "REPLICATED_WITHIN", 100)
        link = a_link()
        with pytest.raises(OutcomeUnknown):
            await try_create(store, link)
        assert await _without_count(store, link) == link
        with pytest.raises(OutcomeUnknown):
            await try_create(store, link)
        assert await store.client.zcard(store.keys(link.code[:4]).links) == 1


async def test_a_replica_that_comes_back_lets_writes_through_again(
    redis_line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with replicated(redis_line) as (store, replica):
        [primary_port] = (await store.client.config_get("port")).values()
        replica.kill()
        with monkeypatch.context() as impatient:
            impatient.setattr(coalescer, "REPLICATED_WITHIN", 100)
            with pytest.raises(OutcomeUnknown):
                await try_create(store, a_link())
        replica.start()
        _follow(replica, str(primary_port))
        await _linked(store.client, replica)
        assert (await try_create(store, a_link())).code is Code.OK


def _follow(replica: RedisServer, port: str) -> None:
    with replica.client() as client:
        client.replicaof("127.0.0.1", port)


@asynccontextmanager
async def _linked_store(client: Redis, replica: RedisServer) -> AsyncIterator[Store]:
    await _linked(client, replica)
    async with open_store(client, SEALER, PARTITIONS, replicas=1) as store:
        yield store


async def _linked(client: Redis, replica: RedisServer) -> None:
    """Wait until the replica follows its primary, and the primary knows."""
    while await client.wait(1, 100) < 1:
        assert replica.process
        assert replica.process.poll() is None


async def test_what_was_applied_before_is_not_acknowledged_either(
    redis_line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with replicated(redis_line) as (store, replica):
        link = a_link()
        replica.kill()
        monkeypatch.setattr(coalescer, "REPLICATED_WITHIN", 100)
        for _ in range(3):
            with pytest.raises(OutcomeUnknown):
                await try_create(store, link)
        assert await _without_count(store, link) == link
        with pytest.raises(OutcomeUnknown):
            await store.confirm()


async def test_reads_do_not_wait_for_replicas(redis_line: str) -> None:
    async with replicated(redis_line) as (store, replica):
        known, link = a_link(), a_link()
        await try_create(store, known)
        snapshot = await read(store)
        replica.kill()
        write = asyncio.create_task(try_create(store, link, snapshot=snapshot))
        while not (store.lines.is_behind or write.done()):  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0)
        assert await _without_count(store, known) == known
        assert await store.readiness.why_not() == "replicas-behind"
        assert not write.done()
        write.cancel()
        await asyncio.gather(write, return_exceptions=True)


async def test_what_was_read_from_another_server_is_not_confirmed(redis_line: str) -> None:
    """The old primary, cut off, still answers reads: the new one says nothing about what it lacks."""
    async with replicated(redis_line) as (store, _):
        begin_usage()
        await read(store)
        used = current_usage()
        assert used
        used.note("the run id of another server", is_write=False)
        with pytest.raises(OutcomeUnknown):
            await store.confirm()
        assert (await try_create(store, a_link())).code is Code.OK
        await store.confirm()


async def _without_count(store: Store, link: Link) -> Link | None:
    """The link as it is stored, but for what reports have counted of it."""
    found = (await read(store, link=link.id)).link
    return found and msgspec.structs.replace(found, counted=None)
