"""The state that the tests of scripts keep: every change of it is seen, and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.store.dumps import dump
from tests.support.store.kept_state import KeptState

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer

CALLS = {
    "a new key": ("SET", "new", "x"),
    "a key is gone": ("DEL", "hash"),
    "a field": ("HSET", "hash", "field", "other"),
    "a score": ("ZADD", "zset", "2", "member"),
    "a place": ("LPUSH", "list", "item"),
    "a member": ("SADD", "set", "other"),
    "an entry": ("XADD", "stream", "*", "field", "value"),
    "it expires": ("PEXPIRE", "string", "1000000"),
    "it stays": ("PERSIST", "expires"),
    "another type": ("SET", "zset", "x"),
}


@pytest.mark.parametrize("name", CALLS)
async def test_what_a_call_changes_is_seen_and_undone(
    name: str, redis: Redis, redis_server: RedisServer
) -> None:
    call = CALLS[name]
    with redis_server.client() as client:
        pipeline = client.pipeline(transaction=False)
        pipeline.hset("hash", "field", "value").zadd("zset", {"member": 1}).rpush("list", "item")
        pipeline.sadd("set", "member").xadd("stream", {"field": "value"}).set("string", "value")
        pipeline.set("expires", "value", px=1_000_000).execute()
        state = dump(client)
        kept = KeptState(client)

        def settle(*commands: tuple[str, ...], spoilt: tuple[tuple[str, ...], ...] = ()) -> Any:
            kept.spoil(pipeline, spoilt)
            for command in commands:
                pipeline.execute_command(*command)
            kept.settle(pipeline, spoilt)
            return pipeline.execute()[-1]

        assert settle(call) == [call[1].encode()]
        assert dump(client) == state
        assert settle() == []
        assert settle(spoilt=(call,)) == []
        assert dump(client) == state
        assert settle(("DEL", call[1]), spoilt=(("SET", call[1], "spoilt"),)) == [call[1].encode()]
        assert dump(client) == state
