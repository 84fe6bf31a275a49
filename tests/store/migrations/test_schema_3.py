"""API keys of schema 2 get the scopes of schema 3, and keep the rest of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.people.scopes import AREAS
from admitone.store.migrations.migration import Record, UnreadableError
from admitone.store.migrations.record_scan import read_again
from admitone.store.migrations.schema_3 import TO_SCHEMA_3
from tests.support.factories import SEALER, WORKSPACE
from tests.support.store.actions import a_store

if TYPE_CHECKING:
    from redis.asyncio import Redis

APPLY = {upgrade.kind: upgrade.apply for upgrade in TO_SCHEMA_3.upgrades}
KEY = '"id":"a","user":"u","label":"CRM","created_at":1'


def upgraded(fields: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """The configuration after the migration."""
    [after] = APPLY["config"](Record("config", "key", WORKSPACE, "", [fields]), SEALER)
    found: dict[bytes, bytes] = after
    return found


@pytest.mark.parametrize(
    ("scope", "level"),
    [(',"scope":"read"', "read"), (',"scope":"write"', "write"), ("", "write")],
    ids=["read", "write", "neither"],
)
def test_a_key_may_do_what_it_might(scope: str, level: str) -> None:
    scopes = ",".join(f'"{area}:{level}"' for area in AREAS)
    before = {b"counter": b"7", b"user:u": b"3 {}", b"api_key:a": f"5 {{{KEY}{scope}}}".encode()}
    after = before | {b"api_key:a": f'5 {{{KEY},"scopes":[{scopes}]}}'.encode()}
    assert upgraded(before) == after
    assert upgraded(after) is after


@pytest.mark.parametrize(
    ("kind", "document", "until"),
    [("session", '{"user":"u","at":1000}', 1000 + 30 * 86_400), ("grant", '{"user":"u","until":5000}', 5000)],
)
async def test_sessions_and_grants_are_entered_in_the_index_of_their_user(
    redis: Redis, redis_url: str, kind: str, document: str, until: int
) -> None:
    async with a_store(redis_url) as store:
        keys = store.keys(WORKSPACE)
        key = keys.session("a") if kind == "session" else keys.grant("a")
        await redis.set(key, document, ex=100)
        [upgrade] = [one for one in TO_SCHEMA_3.upgrades if one.kind == kind]
        assert upgrade.write
        record = Record(kind, key, WORKSPACE, "a", [document.encode()])
        for _ in range(2):  # a migration that was interrupted comes here again
            after = upgrade.apply(record, SEALER)
            assert await upgrade.write(store, record, after)
        assert await redis.zrange(keys.access("u"), 0, -1, withscores=True) == [(f"{kind}:a".encode(), until)]
        assert 0 < await redis.ttl(key) <= 100
        again = Record(kind, key, WORKSPACE, "a", [await redis.get(key)])
        assert upgrade.apply(again, SEALER) is again.values


def test_a_key_that_is_no_json_is_named() -> None:
    with pytest.raises(UnreadableError):
        upgraded({b"api_key:a": b"1 {"})


async def test_the_activity_loses_its_reasons_and_keeps_its_entries(redis: Redis, redis_url: str) -> None:
    async with a_store(redis_url) as store:
        key = store.keys(WORKSPACE).activity
        for number, event in enumerate(('{"type":"a","reason":"Ill"}', '{"type":"b"}'), 1):
            await redis.xadd(key, {"event": event}, id=f"{number}-0")
        [upgrade] = [one for one in TO_SCHEMA_3.upgrades if one.kind == "activity"]
        assert upgrade.write
        record = await read_again(store, Record("activity", key, WORKSPACE, "", []))
        assert record
        assert await upgrade.write(store, record, upgrade.apply(record, SEALER))
        found: Any = await redis.xrange(key)
        events = [(entry, fields[b"event"]) for entry, fields in found]
        assert events == [(b"1-0", b'{"type":"a"}'), (b"2-0", b'{"type":"b"}')]
        again = await read_again(store, record)
        assert again
        assert upgrade.apply(again, SEALER) is again.values
