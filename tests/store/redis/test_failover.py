"""After a failover every line finds the new primary by itself, and the cache of the old one is dropped."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from admitone.domain.errors import Busy
from admitone.store.codes import Code
from admitone.store.keys import WRITTEN
from admitone.store.outbox.outbox import Outbox, put_in
from admitone.store.records.configuration.snapshot import remembered_snapshot
from admitone.store.redis.connect import open_redis
from tests.support.factories import WORKSPACE, a_link, a_user
from tests.support.flaky_link import Cut, flaky_link
from tests.support.ports import free_port
from tests.support.redis_server import running_redis
from tests.support.store.actions import a_store, a_write, put_link, put_records, read, the_link, try_create
from tests.support.store.sentinels import naming_sentinel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer
    from tests.support.store.sentinels import NamingSentinel

USER = (("user", "user"),)


class Pair(NamedTuple):
    """A primary with a replica, a Sentinel that names the primary, and a store that asks that Sentinel."""

    store: Store
    primary: RedisServer
    replica: RedisServer
    sentinel: NamingSentinel

    def promote(self) -> None:
        """Make the replica the primary, once it has everything."""
        with self.primary.client() as old:
            old.set(WRITTEN, 1)  # Valkey answers WAIT at once on a connection that wrote nothing
            old.wait(1, 0)
        with self.replica.client() as new:
            new.replicaof("NO", "ONE")
        self.sentinel.primary, self.sentinel.epoch = _port(self.replica), self.sentinel.epoch + 1

    def demote(self) -> None:
        """Make the old primary a replica of the new one; its connections stay open."""
        with self.primary.client() as old:
            old.replicaof("127.0.0.1", _port(self.replica))


@asynccontextmanager
async def a_pair(line: str) -> AsyncIterator[Pair]:
    first, second = free_port(), free_port()
    with (
        running_redis(line, port=str(first), bind="127.0.0.1", repl_diskless_sync_delay="0") as primary,
        running_redis(line, port=str(second), bind="127.0.0.1") as replica,
    ):
        with replica.client() as client:
            client.replicaof("127.0.0.1", first)
        async with naming_sentinel(first) as sentinel, a_store(_url(sentinel)) as store:
            yield Pair(store, primary, replica, sentinel)


def _url(*sentinels: NamingSentinel) -> str:
    hosts = ",".join(f"127.0.0.1:{one.port}" for one in sentinels)
    return f"redis+sentinel://{hosts}/admitone"


def _port(server: RedisServer) -> int:
    return int(server.settings["port"])


async def test_after_the_death_of_the_primary_reads_and_writes_go_to_the_new_one(redis_line: str) -> None:
    async with a_pair(redis_line) as pair:
        link = await put_link(pair.store)
        pair.promote()
        pair.primary.kill()
        assert (await the_link(pair.store, link.id)).id == link.id
        fresh = a_link()
        assert (await try_create(pair.store, fresh)).code is Code.OK
        with pair.replica.client() as there:
            assert there.exists(pair.store.keys(WORKSPACE).link(fresh.id))


async def test_a_primary_that_became_a_replica_is_left_by_every_line(redis_line: str) -> None:
    async with a_pair(redis_line) as pair:
        await put_link(pair.store)
        pair.promote()
        pair.demote()
        fresh = a_link()
        assert (await try_create(pair.store, fresh)).code is Code.OK
        with pair.primary.client() as old:
            old.replicaof("NO", "ONE")
            old.flushdb()
        assert (await the_link(pair.store, fresh.id)).id == fresh.id


async def test_a_worker_that_waits_for_jobs_follows_as_well(redis_line: str) -> None:
    async with a_pair(redis_line) as pair:
        outbox = Outbox(pair.store, "worker")
        assert await outbox.read(0) == []
        waiting = asyncio.create_task(outbox.read(4))
        with pair.primary.client() as old:
            while not old.info("clients")["blocked_clients"]:  # noqa: ASYNC110 - Redis tells nobody
                await asyncio.sleep(0.001)
        pair.promote()
        pair.demote()
        with pytest.raises(Busy):
            await waiting
        await put_in(pair.store, WORKSPACE, ["a job"])
        assert len(await outbox.read(1)) == 1
        await outbox.close()


async def test_the_sentinel_of_the_latest_failover_is_believed(redis_line: str) -> None:
    """A Sentinel that is cut off from the others still names the old primary; another one may be gone."""
    async with a_pair(redis_line) as pair, naming_sentinel(free_port(), epoch=7) as newer:
        newer.primary = _port(pair.replica)
        pair.promote()
        pair.sentinel.primary, pair.sentinel.epoch = _port(pair.primary), 6
        nobody = await _closed_sentinel()
        async with open_redis(_url(nobody, pair.sentinel, newer)) as client:
            await client.set("text", "x")
        with pair.replica.client() as there:
            assert there.get("text") == b"x"
        async with open_redis(_url(nobody)) as client:
            with pytest.raises(RedisConnectionError):
                await client.get("text")


async def _closed_sentinel() -> NamingSentinel:
    async with naming_sentinel(0) as sentinel:
        return sentinel


async def test_a_lost_connection_empties_the_cache(redis_url: str) -> None:
    async with flaky_link(redis_url) as link, a_store(link.url) as store:
        await put_records(store, a_write("user", a_user()))
        await read(store, records=USER)
        assert remembered_snapshot(store, WORKSPACE).knows("user:user")
        link.cut(Cut.AFTER)
        await put_link(store, id="other")
        assert link.cuts == 1
        assert not remembered_snapshot(store, WORKSPACE).knows("user:user")


async def test_an_answer_from_before_the_loss_does_not_reach_the_new_cache(redis_url: str) -> None:
    async with flaky_link(redis_url) as link, a_store(link.url) as store:
        await put_records(store, a_write("user", a_user()))
        link.cut(Cut.AFTER, matching=b"HMGET")
        assert (await read(store, records=USER)).find("user", "user") == a_user()
        assert link.cuts == 1
        assert not store.cache.knows(WORKSPACE, "user:user")
        await read(store, records=USER)
        assert store.cache.knows(WORKSPACE, "user:user")


async def test_after_a_loss_every_line_connects_anew(redis_url: str) -> None:
    async with flaky_link(redis_url) as link, a_store(link.url) as store:
        await put_link(store)
        before = await _connections(store)
        link.cut(Cut.BEFORE, matching=b"EVALSHA")
        await put_link(store)
        await read(store)
        assert not before & await _connections(store)


async def _connections(store: Store) -> set[str]:
    """The ids of the store's own connections; the one that asks is another."""
    known = await store.client.client_list()
    return {client["id"] for client in known if client["cmd"] != "client|list" and client["cmd"] != "client"}


async def test_a_write_that_was_never_sent_is_busy(redis_url: str) -> None:
    async with flaky_link(redis_url) as link, a_store(link.url) as store:
        snapshot = await read(store)
        await store.lines.primaries[0]._writes[0]._line.drop()
        link.is_down = True
        with pytest.raises(Busy):
            await try_create(store, a_link(), snapshot=snapshot)
