"""Commands find the primary of their key, wherever it is and while it moves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone.domain.errors import Busy
from admitone.store.keys import META
from admitone.store.redis.cluster.router import Router
from admitone.store.redis.cluster.slots import slot_of
from admitone.store.redis.coalescer import Command
from admitone.store.redis.connect import open_redis
from admitone.store.redis.lines import Lines
from admitone.store.redis.scan import count_keys, scan_keys
from admitone.store.schema import SCHEMA
from tests.store.redis.cluster.conftest import PARTITIONS

if TYPE_CHECKING:
    from admitone.store.store import Store
    from tests.support.cluster import RedisCluster

KEYS = [f"key-{number}" for number in range(60)]
"""They lie on all primaries."""
KEY = "ao:{moves}:here"
OTHER = "ao:{moves}:there"
SLOT = slot_of(KEY)


async def test_answers_come_in_the_order_of_the_commands_one_trip_to_each_primary(store: Store) -> None:
    assert isinstance(store.lines, Router)
    await store.send(*(Command(("SET", key, number)) for number, key in enumerate(KEYS)))
    before = store.lines.trips
    answers = await store.send(*(Command(("GET", key)) for key in KEYS))
    assert [int(answer) for answer in answers] == list(range(len(KEYS)))
    assert store.lines.trips - before == len(store.lines.primaries) == 3


async def test_a_walk_visits_every_primary(store: Store) -> None:
    await store.send(*(Command(("SET", key, 1)) for key in KEYS))
    found = [key async for keys in scan_keys(store) for key in keys]
    assert set(KEYS) <= set(found)
    assert await count_keys(store) == len(found)


def test_a_command_about_a_server_has_no_key() -> None:
    for words in (("INFO", "memory"), ("SCAN", b"0"), ("DBSIZE",)):
        with pytest.raises(TypeError):
            _ = Command(words).key
    assert Command(("XGROUP", "CREATE", "stream", "group", "0")).key == "stream"
    assert Command(("GET", b"bytes")).key == b"bytes"


async def test_a_slot_that_has_moved_is_followed(store: Store, cluster: RedisCluster) -> None:
    await store.send(Command(("SET", KEY, 1)))
    with cluster.moving(SLOT) as move:
        move.begin()
        move.carry()
        move.end()
        generation = store.lines.generation  # type: ignore[union-attr]
        assert await store.send(Command(("GET", KEY)), Command(("GET", "key-1"))) == [b"1", None]
        assert await store.send(Command(("GET", KEY))) == [b"1"]
        assert store.lines.generation > generation  # type: ignore[union-attr]


async def test_a_script_follows_its_key_to_a_node_that_takes_it_over(
    store: Store, cluster: RedisCluster
) -> None:
    """The node that takes it over does not know the script: it gets the text, after ASKING."""
    arguments = {"schema": SCHEMA, "partitions": PARTITIONS, "proof": ""}
    look = store.command("stamp", {"meta": META}, arguments)
    with cluster.moving(slot_of(META)) as move:
        move.begin()
        move.carry()
        cluster.ask(move.target, "SCRIPT", "FLUSH")
        assert await store.send(Command(("SET", f"{META}:new", 1))) == [b"OK"]
        assert await store.send(Command(("GET", f"{META}:new"))) == [b"1"]
        [[_, schema, partitions, *_]] = await store.send(look)
        assert (int(schema), int(partitions)) == (SCHEMA, PARTITIONS)


async def test_only_what_is_in_two_places_waits_and_then_it_is_busy(
    store: Store, cluster: RedisCluster
) -> None:
    await store.send(Command(("SET", KEY, 1)), Command(("SET", OTHER, 1)))
    with cluster.moving(SLOT) as move:
        move.begin()
        move.carry(KEY)
        waits = asyncio.create_task(store.send(Command(("DEL", KEY, OTHER)), within=0.4))
        clock = asyncio.get_running_loop().time
        began = clock()
        for number in range(20):
            await store.send(Command(("SET", f"key-{number}", 1)))
        assert not waits.done()
        assert clock() - began < 0.3, "others go on"
        with pytest.raises(Busy):
            await waits
        later = asyncio.create_task(store.send(Command(("DEL", KEY, OTHER))))
        await asyncio.sleep(0.1)
        move.carry()
        move.end()
        assert await later == [2]


async def test_a_slot_that_nobody_serves_is_busy_for_its_callers_only(
    store: Store, cluster: RedisCluster
) -> None:
    with cluster.unserved(SLOT), pytest.raises(Busy):
        await store.send(Command(("SET", KEY, 1)), within=0.3)
    assert await store.send(Command(("SET", KEY, 1))) == [b"OK"]


async def test_a_node_whose_slots_are_unknown_is_written_nothing_small(redis_url: str) -> None:
    async with open_redis(redis_url) as client:
        lines = Lines(client, 1, lambda: None, is_alone=False)
        assert lines.written is None
        lines.write_at("ao:{node:1}:written")
        assert lines.written == "ao:{node:1}:written"
