"""A backup is restored as it was, into an empty Redis only, or not at all."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pytest

from admitone.sealing import Sealer
from admitone.store.backup import copy
from admitone.store.backup.errors import BackupError
from admitone.store.keys import META, PAUSED, PROCESSES, process
from admitone.store.redis.connect import open_redis
from admitone.store.redis.redis_binary import server_programs
from admitone.store.schema import SCHEMA, SchemaError
from tests.support.redis_server import redis_of, running_redis
from tests.support.store.actions import a_store, put_link
from tests.support.store.backups import back_up, restore
from tests.support.store.dumps import Dump, dump
from tests.support.store.earlier_data import SOME_RECORDS, open_once, put_earlier

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.redis_server import RedisServer

LATER = 10**12
"""A lifetime in milliseconds that no test sees the end of."""


@pytest.fixture
async def file(own_redis: RedisServer, tmp_path: Path) -> Path:
    """A backup of a store with a link."""
    async with a_store(own_redis.url) as store:
        await put_link(store)
    await back_up(own_redis.url, tmp_path / "backup")
    return tmp_path / "backup"


def content(server: RedisServer) -> set[tuple[Any, ...]]:
    """Keys, whether they expire, and what is in them."""
    with server.client() as client:
        return plain(dump(client))


def plain(found: Dump) -> set[tuple[Any, ...]]:
    return {(key, expires, text) for key, _, expires, text in found if key != PAUSED.encode()}


async def test_every_kind_of_key_comes_back_with_its_lifetime(
    own_redis: RedisServer, other_redis: RedisServer, tmp_path: Path
) -> None:
    async with a_store(own_redis.url):
        pass
    with own_redis.client() as there:
        there.set("text", bytes(range(256)))
        there.set("passes", "away", px=LATER)
        there.hset("hash", mapping={f"field-{number}": number for number in range(2000)})
        there.rpush("list", *range(2000))
        there.sadd("set", *range(2000))
        there.zadd("zset", {str(number): number / 3 for number in range(2000)})
        for number in range(300):
            there.xadd("stream", {"job": str(number)})
        there.xgroup_create("stream", "workers", "0")
        there.xreadgroup("workers", "one", {"stream": ">"}, count=7)
        there.xdel("stream", there.xrange("stream", count=1)[0][0])
        there.set("large", b"x" * (copy.TRIP_BYTES + 1))
    before = content(own_redis)
    await back_up(own_redis.url, tmp_path / "backup")
    restored = await restore(tmp_path / "backup", other_redis.url)
    assert content(other_redis) == before
    assert restored.keys == len(before) - 1  # the stamp comes by itself
    with other_redis.client() as there:
        assert LATER - 600_000 < there.pttl("passes") <= LATER
        assert there.xinfo_groups("stream")[0]["pending"] == 7
        assert there.xinfo_stream("stream")["entries-added"] == 300
    await open_once(other_redis.url)


async def test_a_snapshot_is_of_one_moment_and_other_databases_stay_out(
    own_redis: RedisServer, other_redis: RedisServer, tmp_path: Path
) -> None:
    address, other = f"{own_redis.url}?db=3", f"{other_redis.url}?db=5"
    await open_once(address)
    with own_redis.client() as there:
        there.set("of another", "program")
    made = await back_up(address, tmp_path / "backup")
    with own_redis.client() as there:
        there.select(3)
        there.set("since", "then")
    await restore(tmp_path / "backup", other)
    with other_redis.client() as there:
        assert there.dbsize() == 0
        there.select(5)
        assert {META.encode(), PAUSED.encode()} == set(there.keys())
    assert (made.database, made.schema) == (3, SCHEMA)


async def test_the_file_is_private_and_takes_its_name_when_it_is_verified(
    own_redis: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_once(own_redis.url)
    file = tmp_path / "backup"
    await back_up(own_redis.url, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()

    def fails(*_: Any) -> None:
        raise BackupError("spoilt")

    monkeypatch.setattr("admitone.store.backup.backup.check_rdb", fails)
    with pytest.raises(BackupError, match="spoilt"):
        await back_up(own_redis.url, file)
    assert [one.name for one in tmp_path.iterdir()] == ["backup"]
    assert file.read_bytes() == before


async def test_a_place_that_cannot_be_written_is_told(own_redis: RedisServer, tmp_path: Path) -> None:
    await open_once(own_redis.url)
    with pytest.raises(BackupError, match="cannot be written: No such file or directory"):
        await back_up(own_redis.url, tmp_path / "missing" / "backup")


async def test_an_empty_redis_is_not_backed_up(own_redis: RedisServer, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        await back_up(own_redis.url, tmp_path / "backup")
    assert not list(tmp_path.iterdir())


async def test_processes_of_then_are_not_restored(
    own_redis: RedisServer, other_redis: RedisServer, tmp_path: Path
) -> None:
    await open_once(own_redis.url)
    with own_redis.client() as there:
        there.sadd(PROCESSES, "1:web-1:42:abcd")
        there.set(process("1:web-1:42:abcd"), 1, px=LATER)
    await back_up(own_redis.url, tmp_path / "backup")
    await restore(tmp_path / "backup", other_redis.url)
    with other_redis.client() as there:
        assert there.exists(PROCESSES, process("1:web-1:42:abcd")) == 0


@pytest.mark.parametrize("damage", ["cut", "altered", "another"])
async def test_a_damaged_file_is_refused_and_changes_nothing(
    file: Path, other_redis: RedisServer, damage: str
) -> None:
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(
        {
            "cut": whole[:-1],
            "altered": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "another": b"Something else",
        }[damage]
    )
    with pytest.raises(BackupError):
        await restore(file, other_redis.url)
    assert content(other_redis) == set()


async def test_a_redis_in_use_is_refused(
    file: Path, own_redis: RedisServer, other_redis: RedisServer
) -> None:
    with other_redis.client() as there:
        there.set("of another", "program")
    for server in (own_redis, other_redis):
        before = content(server)
        with pytest.raises(BackupError, match="The target is not empty"):
            await restore(file, server.url)
        assert content(server) == before


async def test_a_redis_to_which_a_server_is_connected_is_refused(
    file: Path, other_redis: RedisServer
) -> None:
    async with open_redis(other_redis.url) as server:
        await server.ping()
        with pytest.raises(BackupError, match="1 connections of servers, workers or commands"):
            await restore(file, other_redis.url)
    await restore(file, other_redis.url)


async def test_another_secret_key_or_other_partitions_are_refused(
    own_redis: RedisServer, other_redis: RedisServer, tmp_path: Path
) -> None:
    await open_once(own_redis.url)
    file, own = tmp_path / "backup", {"": bytes(32)}
    await back_up(own_redis.url, file, own)
    with pytest.raises(SchemaError, match="16 partitions, and ADMITONE_PARTITIONS is 8"):
        await restore(file, other_redis.url, keys=own, partitions=8)
    with pytest.raises(
        SchemaError, match="sealed with a secret key test, which is not in ADMITONE_SECRET_KEY"
    ):
        await restore(file, other_redis.url, keys=own, sealer=Sealer({"other": bytes(32)}))
    assert content(other_redis) == set()
    await restore(file, other_redis.url, keys=own)


async def test_later_data_are_refused(
    own_redis: RedisServer, other_redis: RedisServer, tmp_path: Path
) -> None:
    await open_once(own_redis.url)
    with own_redis.client() as there:
        there.hset(META, "schema", SCHEMA + 1)
    await back_up(own_redis.url, tmp_path / "backup")
    with pytest.raises(
        SchemaError, match=f"has schema {SCHEMA + 1}; this version of Admit One knows {SCHEMA}"
    ):
        await restore(tmp_path / "backup", other_redis.url)
    assert content(other_redis) == set()


async def test_earlier_data_are_restored_and_migrated_at_the_next_start(
    own_redis: RedisServer, other_redis: RedisServer, tmp_path: Path
) -> None:
    async with open_redis(own_redis.url) as client:
        await put_earlier(client, SOME_RECORDS[0])
    assert (await back_up(own_redis.url, tmp_path / "backup")).schema == 1
    await restore(tmp_path / "backup", other_redis.url)
    with other_redis.client() as there:
        assert there.hget(META, "schema") == b"1"
    await open_once(other_redis.url)
    with other_redis.client() as there:
        assert there.hget(META, "schema") == str(SCHEMA).encode()


async def test_an_interrupted_restore_keeps_servers_out_and_is_repeated(
    file: Path,
    own_redis: RedisServer,
    other_redis: RedisServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def dies(*_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(copy, "_existing", dies)
        with pytest.raises(KeyboardInterrupt):
            await restore(file, other_redis.url)
    with pytest.raises(
        SchemaError, match=r"was interrupted\. Run `admitone restore` with the same file again"
    ):
        await open_once(other_redis.url)
    with pytest.raises(SchemaError, match="was interrupted"):
        await back_up(other_redis.url, tmp_path / "half")
    await back_up(own_redis.url, tmp_path / "second")
    with pytest.raises(BackupError, match="A restore of another backup was interrupted here"):
        await restore(tmp_path / "second", other_redis.url)
    await restore(file, other_redis.url)
    assert content(other_redis) == content(own_redis)
    await open_once(other_redis.url)


async def test_a_target_that_cannot_read_what_is_written_is_refused(tmp_path: Path) -> None:
    with (
        running_redis("valkey", repl_diskless_sync_delay="0") as newer,
        running_redis("redis") as older,
    ):
        await open_once(newer.url)
        await back_up(newer.url, tmp_path / "backup")
        with pytest.raises(BackupError, match=r"(?s)The target refuses what Valkey.*Nothing was changed"):
            await restore(tmp_path / "backup", older.url)
        assert content(older) == set()


async def test_a_program_is_found_whose_data_the_target_reads(tmp_path: Path) -> None:
    with (
        running_redis("redis", repl_diskless_sync_delay="0") as first,
        running_redis("redis") as second,
    ):
        await open_once(first.url)
        await back_up(first.url, tmp_path / "backup")
        programs = [redis_of("valkey"), redis_of("redis")]
        assert server_programs()[0] == programs[0]
        await restore(tmp_path / "backup", second.url, programs=programs)
        assert content(second) == content(first)
