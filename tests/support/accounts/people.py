"""The users in Redis, read without the store's code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from redis.asyncio import Redis

_CONFIG = re.compile(rb"ao:\{p\d+\}:([0-9A-Z]{4}):config")


class Workspace(msgspec.Struct):
    """A workspace's settings, its users, by id, its booking pages and event types, as their JSON says."""

    id: str
    settings: Any
    users: dict[str, Any]
    pages: list[Any]
    event_types: list[Any]

    @property
    def roles(self) -> list[str]:
        """The users' roles, sorted."""
        return sorted(user["role"] for user in self.users.values())


async def workspaces(redis: Redis) -> list[Workspace]:
    """Every workspace in Redis."""
    found = []
    async for key in redis.scan_iter(match="ao:*:config", count=1000):
        match = _CONFIG.fullmatch(key)
        assert match, key
        fields = {name.decode(): value async for name, value in redis.hscan_iter(key)}
        records = {name: _record(value) for name, value in fields.items() if ":" in name}
        pages = [one for name, one in records.items() if name.startswith("booking_page:")]
        event_types = [one for name, one in records.items() if name.startswith("event_type:")]
        users = {name.removeprefix("user:"): one for name, one in records.items() if name.startswith("user:")}
        found.append(Workspace(match[1].decode(), records["settings:-"], users, pages, event_types))
    return found


async def the_workspace(redis: Redis) -> Workspace:
    """The only workspace in Redis."""
    [found] = await workspaces(redis)
    return found


async def sessions(redis: Redis) -> list[bytes]:
    """The keys of all sessions."""
    return [key async for key in redis.scan_iter(match="ao:*:session:*", count=1000)]


def _record(value: bytes) -> Any:
    return msgspec.json.decode(value.partition(b" ")[2])
