"""A start is refused if a record cannot be read; it says which ones, and nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.sealing import Kept
from admitone.store.schema import SchemaError
from tests.support.factories import SEALER, WORKSPACE
from tests.support.store.dumps import dump
from tests.support.store.earlier_data import SOME_RECORDS, open_once, put_earlier
from tests.support.store.stored_data import read_workspace, workspace_files

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer

PREFIX = f"ao:{{p12}}:{WORKSPACE}"
FIRST, *_ = (read_workspace(file) for file in workspace_files())
SPOILT = {
    "a booking lacks a field": (
        ("HDEL", f"{PREFIX}:booking:{FIRST.names['booking_scheduled']}", "start"),
        f"booking:{FIRST.names['booking_scheduled']}, start: This field is required.",
    ),
    "its document lacks a field": (
        ("SET", f"{PREFIX}:booking:{FIRST.names['booking_scheduled']}:data", '{"manage":"{manage}"}'),
        f"booking:{FIRST.names['booking_scheduled']}, data.c: This field is required.",
    ),
    "it has no document": (
        ("DEL", f"{PREFIX}:booking:{FIRST.names['booking_scheduled']}:data"),
        f"booking:{FIRST.names['booking_scheduled']}, data: The booking has no document.",
    ),
    "a link has no code": (
        ("HDEL", f"{PREFIX}:link:{FIRST.names['link_plain']}", "code"),
        f"link:{FIRST.names['link_plain']}, code: This field is required.",
    ),
    "its code is sealed by an unknown key": (
        ("HSET", f"{PREFIX}:link:{FIRST.names['link_plain']}", "code", "other.abc"),
        f"link:{FIRST.names['link_plain']}: No secret key of this server opens its sealed text.",
    ),
    "the settings are no JSON": (
        ("HSET", f"{PREFIX}:config", "settings:-", "1 {"),
        "config, settings:-: This is not a JSON object.",
    ),
    "an event type lacks its name": (
        ("HSET", f"{PREFIX}:config", "event_type:x", '1 {"id":"x","created_at":1,"duration_minutes":30}'),
        "config, event_type:x.name: This field is required.",
    ),
    "a record of an unknown kind": (
        ("HSET", f"{PREFIX}:config", "contact:x", "1 {}"),
        "config, contact:x: This version knows no such kind of record.",
    ),
    "an event of an unknown kind": (
        ("RPUSH", f"{PREFIX}:link:{FIRST.names['link_plain']}:history", '{"type":"odd","at":1,"by":"x"}'),
        f"link:{FIRST.names['link_plain']}:history, 1.type: This must be one of ",
    ),
    "a name of the directory": (
        ("SET", "ao:{dir:slug:abc}", '["0ABC"]'),
        "ao:{dir:slug:abc}: ",
    ),
}


def made(command: tuple[str, ...]) -> tuple[str, ...]:
    """The command, with a sealed manage token where it names one."""
    place = f"{WORKSPACE}:{FIRST.names['booking_scheduled']}"
    return tuple(
        word.replace("{manage}", SEALER.seal(Kept.MANAGE_LINK, place, bytes(20))) for word in command
    )


@pytest.mark.parametrize("what", SPOILT)
async def test_what_cannot_be_read_is_listed_and_nothing_changes(
    what: str, redis: Redis, redis_url: str, redis_server: RedisServer
) -> None:
    command, told = SPOILT[what]
    await put_earlier(redis, FIRST)
    await redis.execute_command(*made(command))  # type: ignore[no-untyped-call]
    with redis_server.client() as client:
        before = dump(client)
        with pytest.raises(SchemaError) as refusal:
            await open_once(redis_url)
        assert dump(client) == before
    assert told in str(refusal.value)
    assert str(refusal.value).startswith("Nothing was changed, because this version cannot read 1 of the ")


async def test_twenty_are_listed_and_all_are_counted(redis: Redis, redis_url: str) -> None:
    await put_earlier(redis, SOME_RECORDS[0])
    for number in range(35):
        await redis.hset(f"{PREFIX}:link:broken{number}", "page", "page")
    with pytest.raises(SchemaError) as refusal:
        await open_once(redis_url)
    head, *listed = str(refusal.value).splitlines()
    assert "cannot read 35 of" in head
    assert len(listed) == 21
    assert listed[-1] == "  … and 15 more"


async def test_once_it_is_repaired_the_start_goes_on(redis: Redis, redis_url: str) -> None:
    await put_earlier(redis, SOME_RECORDS[0])
    await redis.hset(f"{PREFIX}:link:broken", "page", "page")
    with pytest.raises(SchemaError):
        await open_once(redis_url)
    await redis.delete(f"{PREFIX}:link:broken")
    await open_once(redis_url)
