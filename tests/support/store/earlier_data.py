"""Puts data of schema 1 into a Redis, and opens them with short pauses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.keys import META
from admitone.store.migrations import migrate, migration_lock, waiting
from admitone.store.redis.connect import open_redis
from admitone.store.store import open_store
from tests.support.factories import SEALER
from tests.support.store.actions import PARTITIONS
from tests.support.store.kept_data import write_keys
from tests.support.store.stored_data import FOLDER, StoredWorkspace

if TYPE_CHECKING:
    import pytest
    from redis.asyncio import Redis

SOME_RECORDS: list[StoredWorkspace] = msgspec.convert(
    json.loads((FOLDER / "records_of_schema_1.json").read_text()), list[StoredWorkspace]
)
"""Some records of commits between the two workspaces of schema 1, the oldest first."""


def shorten_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often than a server does, and let the lock of a dead process expire sooner."""
    monkeypatch.setattr(migrate, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(waiting, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(migration_lock, "LIFETIME", 0.5)


async def put_earlier(redis: Redis, stored: StoredWorkspace) -> None:
    """Replace everything in the database by stored data."""
    await redis.flushdb()
    await write_keys(redis, stored.keys)


async def open_once(url: str) -> None:
    """Start a store, and end it."""
    async with open_redis(url) as client, open_store(client, SEALER, PARTITIONS):
        pass


async def stored_schema(redis: Redis) -> tuple[Any, Any]:
    """The schema in the stamp, and the schema from which a migration has begun."""
    schema, migrating = await redis.hmget(META, "schema", "migrating")
    return schema, migrating
