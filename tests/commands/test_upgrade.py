"""`admitone upgrade --check` says what the next start does to the data, and changes nothing."""

from __future__ import annotations

import asyncio
import base64
import re
from typing import TYPE_CHECKING, Any

import pytest

from admitone.commands.upgrade import upgrade_command
from admitone.sealing import Kept
from admitone.store.keys import META
from admitone.store.redis.connect import CLIENT_NAME, open_redis
from admitone.store.schema import RESTORING, SCHEMA
from tests.support.commands.command_line import invoke
from tests.support.factories import SEALER
from tests.support.redis_server import running_redis
from tests.support.server_process import SECRET_KEY
from tests.support.store.backups import back_up
from tests.support.store.dumps import dump
from tests.support.store.earlier_data import SOME_RECORDS, open_once, put_earlier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from tests.support.redis_server import RedisServer


@pytest.fixture
def own_redis(redis_line: str) -> Iterator[RedisServer]:
    """An empty Redis that sends a snapshot at once."""
    with running_redis(redis_line, repl_diskless_sync_delay="0") as server:
        yield server


async def check(redis: RedisServer, *options: str, **settings: str) -> Result:
    """Run the check; the data must be as before."""
    before = content(redis)
    known = {"REDIS_URL": redis.url, "SECRET_KEY": SECRET_KEY} | settings
    told = await asyncio.to_thread(invoke, upgrade_command, "--check", *options, **known)
    assert content(redis) == before
    return told


def content(redis: RedisServer) -> Any:
    with redis.client() as client:
        return [(key, expires, text) for key, _, expires, text in dump(client)]


async def test_without_data_there_is_nothing_to_upgrade(own_redis: RedisServer) -> None:
    told = await check(own_redis)
    assert told.exit_code == 0
    assert f"Data: There are none yet. The first start stamps them with schema {SCHEMA}." in told.stdout
    assert "Backup: None was named" in told.stdout


async def test_data_of_this_version_stay(own_redis: RedisServer) -> None:
    await open_once(own_redis.url)
    told = await check(own_redis)
    assert told.exit_code == 0
    assert f"Data: They have schema {SCHEMA}, which this version uses. Nothing is migrated" in told.stdout


async def test_earlier_data_are_read_and_the_change_is_told(own_redis: RedisServer) -> None:
    async with open_redis(own_redis.url) as client:
        await put_earlier(client, SOME_RECORDS[0])
    told = await check(own_redis)
    assert told.exit_code == 0
    assert (
        f"Data: They have schema 1. The first start migrates to schema {SCHEMA} and rewrites" in told.stdout
    )
    assert "This version can read every record." in told.stdout
    with own_redis.client() as admin:
        admin.client_setname(f"{CLIENT_NAME}-1")
        assert "The earlier version still uses them: a connection from" in (await check(own_redis)).stdout
        admin.hset(META, mapping={"schema": SCHEMA, "migrating": 1})
    assert "The first start goes on with the migration that was begun" in (await check(own_redis)).stdout


async def test_a_record_that_cannot_be_read_is_named(own_redis: RedisServer) -> None:
    async with open_redis(own_redis.url) as client:
        await put_earlier(client, SOME_RECORDS[0])
        booking = next(key for key in SOME_RECORDS[0].keys if re.search(":booking:[^:]+$", key))
        await client.hdel(booking, "start")
    told = await check(own_redis)
    assert told.exit_code == 1
    assert "this version cannot read 1 of the stored values" in told.stdout
    assert f"{booking}, start: This field is required." in told.stdout


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        ({"schema": SCHEMA + 1}, f"has schema {SCHEMA + 1}; this version of Admit One knows {SCHEMA}"),
        ({"partitions": 4}, "over 4 partitions, and ADMITONE_PARTITIONS is 16"),
        ({"proof": SEALER.seal(Kept.PROOF, "elsewhere", b"")}, "is sealed with a secret key test"),
        ({"schema": RESTORING}, "A restore into this Redis was interrupted"),
    ],
)
async def test_data_that_cannot_be_opened_are_told(
    own_redis: RedisServer, stamp: dict[str, str], reason: str
) -> None:
    await open_once(own_redis.url)
    with own_redis.client() as admin:
        admin.hset(META, mapping=stamp)
    told = await check(own_redis)
    assert told.exit_code == 1
    assert reason in told.stdout


async def test_the_backup_is_verified(
    own_redis: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_once(own_redis.url)
    file = tmp_path / "backup"
    await back_up(own_redis.url, file)
    told = await check(own_redis, "--backup", str(file))
    assert told.exit_code == 0
    assert f"Backup: {file} is whole: data of schema {SCHEMA} as of " in told.stdout
    file.write_bytes(file.read_bytes()[:-1])
    told = await check(own_redis, "--backup", str(file))
    assert told.exit_code == 1
    assert "Backup: The file was cut or altered" in told.stdout
    key = tmp_path / "key"
    key.write_text(base64.b64encode(bytes(32)).decode())
    with monkeypatch.context() as patch:
        patch.setattr("admitone.store.backup.backup.time.time", lambda: 1_700_000_000)
        await back_up(own_redis.url, file, {"": bytes(32)})
    told = await check(own_redis, "--backup", str(file), "--key-file", str(key))
    assert told.exit_code == 0
    assert "It is more than a day old: make another one." in told.stdout


async def test_the_file_of_an_old_redis_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "appendonly.aof").touch()
    told = await asyncio.to_thread(
        invoke, upgrade_command, "--check", DATA_DIR=str(tmp_path), SECRET_KEY=SECRET_KEY
    )
    assert told.exit_code == 0
    assert "so this look would change it" in told.stdout
    assert [one.name for one in tmp_path.iterdir()] == ["appendonly.aof"]


async def test_a_data_directory_without_data_stays_as_it_is(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        told = await asyncio.to_thread(invoke, upgrade_command, "--check", DATA_DIR=str(folder))
        assert told.exit_code == 0
        assert "There are none yet." in told.stdout
    assert list(tmp_path.iterdir()) == []


async def test_a_deployment_without_a_key_is_told(own_redis: RedisServer, tmp_path: Path) -> None:
    told = await check(own_redis, SECRET_KEY="", DATA_DIR=str(tmp_path))
    assert told.exit_code == 1
    assert "There is no secret key" in told.stdout
    assert list(tmp_path.iterdir()) == []


async def test_without_check_nothing_happens() -> None:
    refused = invoke(upgrade_command)
    assert refused.exit_code == 2
    assert "--check tells what it will do" in refused.stderr
