"""A database as JSON: by key its type, its value, and whether it expires.

The payload of Redis's own DUMP differs from version to version; all versions take this.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redis.asyncio import Redis

KeptKeys = dict[str, dict[str, Any]]
LIFETIME = 10**7
"""Seconds that a key which expires gets when it is written again."""


async def read_keys(redis: Any) -> KeptKeys:
    """Everything in the database."""
    found: KeptKeys = {}
    for key in sorted([key async for key in redis.scan_iter()]):
        kind = (await redis.type(key)).decode()
        found[key.decode()] = {"type": kind, "value": await _read(redis, kind, key)}
        if await redis.ttl(key) >= 0:
            found[key.decode()]["expires"] = True
    return found


async def write_keys(redis: Redis, keys: KeptKeys) -> None:
    """Write everything into an empty database."""
    for key, kept in keys.items():
        await _write(redis, key, kept["type"], kept["value"])
        if kept.get("expires"):
            await redis.expire(key, LIFETIME)


def _text_or_bytes(value: bytes) -> Any:
    """A text, or counters in base64, which have a zero in each number."""
    return {"base64": b64encode(value).decode()} if b"\0" in value else value.decode()


async def _read(redis: Any, kind: str, key: bytes) -> Any:
    if kind == "string":
        return _text_or_bytes(await redis.get(key))
    if kind == "hash":
        return {name.decode(): text.decode() for name, text in (await redis.hgetall(key)).items()}
    if kind == "list":
        return [item.decode() for item in await redis.lrange(key, 0, -1)]
    if kind == "set":
        return sorted(member.decode() for member in await redis.smembers(key))
    if kind == "zset":
        return {member.decode(): score for member, score in await redis.zrange(key, 0, -1, withscores=True)}
    groups = [group["name"].decode() for group in await redis.xinfo_groups(key)]
    entries = [
        [entry.decode(), {name.decode(): text.decode() for name, text in fields.items()}]
        for entry, fields in await redis.xrange(key)
    ]
    return {"entries": entries, "groups": groups}


async def _write(redis: Any, key: str, kind: str, value: Any) -> None:
    if kind == "string":
        await redis.set(key, value if isinstance(value, str) else b64decode(value["base64"]))
    elif kind == "hash":
        await redis.hset(key, mapping=value)
    elif kind == "list":
        await redis.rpush(key, *value)
    elif kind == "set":
        await redis.sadd(key, *value)
    elif kind == "zset":
        await redis.zadd(key, value)
    else:
        for entry, fields in value["entries"]:
            await redis.xadd(key, fields, id=entry)
        for group in value["groups"]:
            await redis.xgroup_create(key, group, id="0", mkstream=True)
