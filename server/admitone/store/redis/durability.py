"""Checks at every start whether a Redis keeps acknowledged writes: a lost booking cannot be repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from redis.exceptions import RedisError, ResponseError

from admitone.store.redis.memory_figures import MemoryFigures, memory_figures
from admitone.store.redis.redis_binary import OLDEST
from admitone.store.redis.unusable import RedisUnusableError

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = structlog.get_logger()

NEEDED = {
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "maxmemory-policy": "noeviction",
}
"""The settings that Redis needs so that it does not lose acknowledged writes."""


@dataclass(frozen=True)
class RedisServer:
    """What the check at start found out about a Redis or Valkey.

    `version` is its own, such as `9.1.2` (a Valkey also tells the Redis it is compatible with); `replicas` is
    the number of connected replicas. `faults` are settings that may lose data, which the operator accepts.
    """

    version: str
    replicas: int
    faults: tuple[str, ...]
    memory: MemoryFigures


async def check_durable(
    client: Redis, *, accept: bool = False, replicas: int = 0, is_cluster: bool = False
) -> RedisServer:
    """Refuse a Redis that would lose acknowledged writes; with `accept`, warn about it and go on.

    A Redis with fewer connected replicas than `replicas` is refused too, because no write would be answered.

    With `is_cluster` it must be a primary of a cluster, else it must not.

    Raises `RedisUnusableError` when it refuses. Even with `accept`, that is raised for a Redis that cannot be
    reached, is older than 6.2, or is a replica, a Sentinel or a node of a cluster.
    """
    try:
        facts: dict[str, Any] = await client.info()
        seen = await _settings(client, facts)
    except RedisError as error:
        said = str(error).rstrip(".")
        raise RedisUnusableError(
            f"The Redis of ADMITONE_REDIS_URL cannot be used: {said}. Check the address, and that it runs."
        ) from error
    if reason := wrong_server(facts, is_cluster=is_cluster):
        raise RedisUnusableError(f"ADMITONE_REDIS_URL cannot be used: {reason}.")
    faults = [
        f"`{name}` is `{seen[name]}` and must be `{value}`"
        if name in seen
        else f"`{name}` could not be seen (CONFIG is not allowed) and must be `{value}`"
        for name, value in NEEDED.items()
        if seen.get(name) != value
    ]
    if faults and not accept:
        raise RedisUnusableError(
            f"This Redis may lose bookings: {'; '.join(faults)}. Change its configuration,"
            " or set ADMITONE_REDIS_ACCEPT_DATA_LOSS=yes to start all the same."
        )
    connected = int(facts["connected_slaves"])
    if connected < replicas:
        raise RedisUnusableError(
            f"ADMITONE_REDIS_REPLICAS asks for {replicas} replicas of Redis, and {connected} are connected."
        )
    if faults:
        log.warning("redis-may-lose-data", faults=faults)
    return RedisServer(
        version=str(facts.get("valkey_version", facts["redis_version"])),
        replicas=connected,
        faults=tuple(faults),
        memory=memory_figures(facts),
    )


async def _settings(client: Redis, facts: dict[str, Any]) -> dict[str, str]:
    """The values of the needed settings, as far as this Redis user may read them."""
    seen = {}
    try:
        for name in NEEDED:
            seen.update(await client.config_get(name))
    except ResponseError:  # providers forbid or rename CONFIG; INFO shows some of it
        if "aof_enabled" in facts:
            seen["appendonly"] = "yes" if facts["aof_enabled"] else "no"
        if "maxmemory_policy" in facts:
            seen["maxmemory-policy"] = facts["maxmemory_policy"]
    return {str(name): str(value) for name, value in seen.items()}


def wrong_server(facts: dict[str, Any], *, is_cluster: bool = False) -> str | None:
    """Why the server with this INFO cannot be used at all, or None if it can."""
    version = re.match(r"(\d+)\.(\d+)", str(facts["redis_version"]))
    if version is None or (int(version[1]), int(version[2])) < OLDEST:
        return f"it runs Redis {facts['redis_version']}; Admit One needs Redis 6.2 or newer, or Valkey"
    mode = facts.get("redis_mode") or facts.get("server_mode")  # Valkey's name for it
    if mode == "sentinel":
        return "a Sentinel answers there; write redis+sentinel://host:port/service"
    if mode == "cluster" and not is_cluster:
        return "a node of a cluster answers there; write redis+cluster://host:port,host:port"
    if mode != "cluster" and is_cluster:
        return "a server outside of any cluster answers there; write redis://host:port"
    if facts.get("role") == "slave":
        return "a replica answers there, which takes no writes; name its primary"
    return None
