"""Scripts of links and bookings ask for the type of those keys only that they merely write.

A read finds out by itself, and asking takes as long.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.support.store.script_cases import CASES
from tests.support.store.script_cases.call import record_call
from tests.support.store.script_headers import LUA

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer

SCRIPTS = sorted(
    file.name.removesuffix(".lua") for folder in ("bookings", "links") for file in (LUA / folder).iterdir()
)
READS = frozenset(
    b"GET HEXISTS HGET HGETALL HLEN HMGET SISMEMBER ZCOUNT ZRANGEBYLEX ZRANGEBYSCORE ZREVRANGEBYSCORE"
    b" ZSCORE".split()
)
"""Commands that change nothing, and raise an error for a key of another type."""
NEITHER = frozenset({b"EXISTS", b"SCARD", b"TYPE"})


@pytest.mark.parametrize("script", SCRIPTS)
async def test_a_key_that_is_always_read_is_not_asked_for_its_type(
    script: str, redis: Redis, redis_server: RedisServer
) -> None:
    asked, read = Counter[str](), Counter[str]()
    for case in CASES:
        if case.script != script:
            continue
        await redis.flushdb()
        commands = [
            (words[0].upper(), words[1].decode()) for words in (await record_call(case, redis_server)).told
        ]
        first_write = next(
            (place for place, (name, _) in enumerate(commands) if name not in READS | NEITHER), len(commands)
        )
        found = {key for name, key in commands[:first_write] if name in READS}
        asked.update(_kind(key) for name, key in commands if name == b"TYPE")
        read.update(_kind(key) for name, key in commands if name == b"TYPE" and key in found)
    assert not [kind for kind, times in asked.items() if read[kind] == times]


def _kind(key: str) -> str:
    """A key without the ids in it, so that those of two calls are the same; some ids of users are short."""
    if ":occupied:" in key:
        return "occupied"
    return ":".join(part for part in key.split(":") if len(part) < 16)
