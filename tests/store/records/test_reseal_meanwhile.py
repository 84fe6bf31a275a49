"""Sealing anew while others write, and after it was stopped: nothing is lost."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.sealing import Kept
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import write_config
from admitone.store.records.credentials.google_connections import (
    change_connection,
    open_refresh_token,
    read_connection,
)
from admitone.store.reseal import count_sealed, reseal_all, sealed_anew, write_sealed
from tests.support.factories import NOW, WORKSPACE, a_link, an_event
from tests.support.store.actions import put_links, read
from tests.support.store.dumps import dump
from tests.support.store.sealed_workspace import BOTH, a_store_by, last, values, write_of_webhooks

if TYPE_CHECKING:
    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer


@pytest.mark.parametrize("purpose", list(Kept))
async def test_what_somebody_wrote_in_between_is_left_alone(
    full: Store, redis_server: RedisServer, purpose: Kept
) -> None:
    [found, *_] = await values(full, purpose)
    text, _ = sealed_anew(BOTH, found)
    with redis_server.client() as client:
        key, field = found.spot.key, found.value.field
        other = found.value.text.replace("test.", "1 test.").replace("1 {", "9 {")
        if found.spot.place.script == "text_reseal":
            client.set(key, other)
        elif found.spot.place.script == "item_reseal":
            client.delete(key)
        else:
            client.hset(key, field, f"9{found.value.text}" if field == "code" else f"9{other}")
        before = dump(client)
        assert (await write_sealed(full, found, text)).code is Code.MOVED
        assert dump(client) == before
        client.delete(key)
        assert (await write_sealed(full, found, text)).code is Code.MOVED
        assert not client.exists(key)


async def test_whoever_knows_a_record_as_it_was_cannot_write_it_back(
    full: Store, redis_server: RedisServer
) -> None:
    """Else a server that had cached the webhooks would bring a secret back that only the old key opens."""
    snapshot = await read(full, records=(("webhooks", "-"),))
    await snapshot.load(("webhooks", "-"))
    known = snapshot.version("webhooks", "-")
    async with a_store_by(BOTH, redis_server.url) as store:
        await last(reseal_all(store))
    writes = [write_of_webhooks(2, version=known)]
    answer = await write_config(full, WORKSPACE, writes, an_event("config.updated"), now=NOW)
    assert answer.code is Code.MOVED
    later = await read(full, records=(("webhooks", "-"),))
    assert later.counter > snapshot.counter


async def test_writes_that_go_on_meanwhile_are_not_lost(full: Store, redis_server: RedisServer) -> None:
    done = asyncio.Event()

    async def write() -> int:
        count = 0
        while not done.is_set() or count == 0:
            count += 1
            noted = partial(msgspec.structs.replace, sync_token=str(count))
            there = await change_connection(full, WORKSPACE, "user", noted)
            assert there
            assert there.sync_token == str(count)
        return count

    writing = asyncio.create_task(write())
    async with a_store_by(BOTH, redis_server.url) as store:
        for _ in range(20):
            await last(reseal_all(store))
        done.set()
        count = await writing
        found = await read_connection(store, WORKSPACE, "user")
        assert found
        assert found.sync_token == str(count)
        assert open_refresh_token(store, WORKSPACE, found) == "google's token"
        await last(reseal_all(store))
        assert {key for _, key in (await last(count_sealed(store))).opened} == {"new"}


async def test_a_run_that_was_stopped_is_finished_by_the_next(full: Store, redis_server: RedisServer) -> None:
    await put_links(full, *(a_link() for _ in range(700)))
    async with a_store_by(BOTH, redis_server.url) as store:
        stopped = reseal_all(store)
        first = await anext(stopped)
        await stopped.aclose()  # type: ignore[attr-defined]
        some = sum(first.resealed.values())
        rest = await last(reseal_all(store))
        assert some + sum(rest.resealed.values()) == 720
        assert 0 < some < 720
        assert {key for _, key in (await last(count_sealed(store))).opened} == {"new"}
