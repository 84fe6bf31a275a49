"""The doctor looks at Redis: whether it can be reached, its version, its settings, its memory."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from admitone.commands.doctor.finding import doubtful, well, wrong
from admitone.store.keys import PAUSED
from admitone.store.outbox.pause import HOW_TO_END, parse_pause
from admitone.store.redis.connect import open_redis
from admitone.store.redis.durability import check_durable
from admitone.store.redis.embedded import running_embedded_redis
from admitone.store.redis.redis_binary import redis_binary
from admitone.store.redis.unusable import RedisUnusableError

if TYPE_CHECKING:
    from admitone.commands.doctor.finding import Finding
    from admitone.config import Config
    from admitone.store.outbox.pause import Pause
    from admitone.store.redis.durability import RedisServer

ABOUT = "Redis"
_ADVICE = "docs/redis.md has the settings that Redis needs."


async def look_at_redis(config: Config) -> list[Finding]:
    """The Redis of ADMITONE_REDIS_URL, or the embedded one if it runs. Writes nothing and starts nothing."""
    try:
        url = config.redis_url or await running_embedded_redis(config.data_dir, config.runtime_dir)
        if url is None:
            binary = await asyncio.to_thread(redis_binary, config.redis_server)
            return [well(ABOUT, f"No Redis runs on {config.data_dir} yet. The server will start {binary}.")]
        async with open_redis(url) as client:
            server = await check_durable(
                client, accept=config.redis_accept_data_loss, replicas=config.redis_replicas
            )
            pause = parse_pause(await client.get(PAUSED))
    except RedisUnusableError as error:
        return [wrong(ABOUT, str(error), _ADVICE)]
    is_own = config.redis_url is not None
    return [*_faults(server), *_memory(server, is_own=is_own), *_pause(pause)] or [
        well(ABOUT, f"Version {server.version} is set up to lose nothing; replicas: {server.replicas}.")
    ]


def _faults(server: RedisServer) -> list[Finding]:
    """The settings that lose data, which ADMITONE_REDIS_ACCEPT_DATA_LOSS accepts."""
    return [
        doubtful(ABOUT, f"Acknowledged bookings may be lost: {fault}.", _ADVICE) for fault in server.faults
    ]


def _pause(pause: Pause | None) -> list[Finding]:
    if pause is None:
        return []
    since = datetime.fromtimestamp(pause.since, UTC)
    says = f"Workers pause since a backup was restored ({since:%Y-%m-%d %H:%M} UTC): no mail is sent."
    return [doubtful("Worker", says, f"When you have looked around, {HOW_TO_END}.")]


def _memory(server: RedisServer, *, is_own: bool) -> list[Finding]:
    memory = server.memory
    if memory.limit == 0 and is_own:
        return [
            doubtful(
                ABOUT,
                "Redis has no `maxmemory`: it may grow until the system ends it.",
                "Set `maxmemory` below what the machine has, with `maxmemory-policy noeviction`.",
            )
        ]
    if memory.is_nearly_full:
        share = 100 * memory.used // memory.limit
        return [
            doubtful(
                ABOUT,
                f"{share} % of `maxmemory` is used. When Redis is full, nobody can book.",
                "Raise `maxmemory`; of the embedded server, raise ADMITONE_REDIS_MAXMEMORY.",
            )
        ]
    return []
