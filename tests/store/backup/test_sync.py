"""A snapshot comes over SYNC in either form, and what is not a whole snapshot is an error."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import pytest

from admitone.store.backup import sync
from admitone.store.backup.errors import BackupError
from admitone.store.backup.rdb_check import check_rdb
from admitone.store.backup.sync import snapshot
from admitone.store.redis.connect import open_redis
from tests.support.certificate import write_certificate
from tests.support.ports import free_port
from tests.support.redis_server import redis_of, running_redis
from tests.support.store.sentinels import naming_sentinel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.redis_server import RedisServer

MARK = b"m" * sync.MARK_LENGTH


async def taken(url: str) -> bytes:
    async with open_redis(url) as client:
        found = b"".join([piece async for piece in snapshot(client)])
        assert await client.ping()  # by another connection: that of the snapshot can be used for nothing else
        return found


@pytest.mark.parametrize("target", ["replicas sockets", "disk"])
async def test_a_snapshot_is_whole_in_both_forms(
    own_redis: RedisServer, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if target == "disk":  # what a server does that does not know our capabilities
        monkeypatch.setattr(sync, "CAPABILITIES", [("no-such-option", "1")])
    with own_redis.client() as admin:
        for number in range(500):
            admin.set(f"key-{number}", secrets.token_bytes(5000))  # it comes in many pieces
        found = await taken(own_redis.url)
        assert len(found) > 2_500_000
        check_rdb([found], own_redis.binary)
        assert f"target: {target}" in own_redis.log.read_text()
        while admin.info("replication")["connected_slaves"]:  # noqa: ASYNC110 - soon it has forgotten us
            await asyncio.sleep(0.01)


async def test_a_server_with_a_password_sends_it(redis_line: str) -> None:
    with running_redis(redis_line, requirepass="pass", repl_diskless_sync_delay="0") as server:
        assert await taken(f"unix://:pass@{server.socket}")
        with pytest.raises(BackupError, match="Redis sends no snapshot"):
            await taken(f"unix://:wrong@{server.socket}")


async def test_a_snapshot_comes_over_tls(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path, "127.0.0.1")
    port = free_port()
    with running_redis(
        "redis",  # the Valkey that comes with Admit One is built without TLS
        tls_port=str(port),
        tls_cert_file=str(certificate),
        tls_key_file=str(key),
        tls_auth_clients="no",
        repl_diskless_sync_delay="0",
    ) as server:
        with server.client() as there:
            there.set("large", secrets.token_bytes(1_000_000))
        found = await taken(f"rediss://127.0.0.1:{port}?ssl_ca_certs={certificate}")
        check_rdb([found], server.binary)
        assert len(found) > 1_000_000


async def test_a_snapshot_comes_from_the_primary_that_sentinel_names(redis_line: str) -> None:
    port = free_port()
    with running_redis(redis_line, port=str(port), bind="127.0.0.1", repl_diskless_sync_delay="0") as primary:
        with primary.client() as there:
            there.set("who", "the primary")
        async with naming_sentinel(port) as sentinel:
            found = await taken(f"redis+sentinel://127.0.0.1:{sentinel.port}/admitone")
        assert b"the primary" in found


async def test_a_user_who_must_not_sync_is_told(own_redis: RedisServer) -> None:
    with own_redis.client() as admin:
        admin.acl_setuser(
            "web", enabled=True, passwords="+pass", keys="*", commands=["+@all", "-sync", "-psync"]
        )
    with pytest.raises(BackupError, match=r"refuses to send a snapshot: NOPERM.*the provider's backups"):
        await taken(f"unix://web:pass@{own_redis.socket}")


async def test_a_replica_without_its_primary_refuses(own_redis: RedisServer) -> None:
    with own_redis.client() as admin:
        admin.replicaof("127.0.0.1", free_port())
    with pytest.raises(BackupError, match="refuses to send a snapshot: NOMASTERLINK"):
        await taken(own_redis.url)


async def received(answer: bytes) -> bytes:
    reader = asyncio.StreamReader()
    reader.feed_data(answer)
    reader.feed_eof()
    return b"".join([piece async for piece in sync.received(reader)])


async def test_empty_lines_before_the_snapshot_are_passed_over() -> None:
    assert await received(b"\n\n\r\n$5\r\nREDIS") == b"REDIS"
    assert await received(b"\n$EOF:" + MARK + b"\r\nREDIS" + MARK) == b"REDIS"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\n\n",
        b"$5",
        b"$5\r\nREDI",
        b"$EOF:" + MARK + b"\r\nREDIS" + MARK[1:],
        b"$EOF:" + MARK + b"\r\n",
    ],
)
async def test_a_snapshot_that_is_broken_off_is_an_error(answer: bytes) -> None:
    with pytest.raises(BackupError, match="broke the snapshot off"):
        await received(answer)


async def test_another_answer_is_an_error() -> None:
    with pytest.raises(BackupError, match="is no snapshot"):
        await received(b"+OK\r\n")


async def test_silence_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "SILENCE", 0.05)
    reader = asyncio.StreamReader()
    reader.feed_data(b"\n$9\r\nREDIS")
    with pytest.raises(BackupError, match="Redis was silent"):
        [piece async for piece in sync.received(reader)]


def test_a_spoilt_snapshot_is_found(redis_line: str) -> None:
    with pytest.raises(BackupError, match="cannot read the snapshot"):
        check_rdb([b"REDIS0010\xff", bytes(7), b"\x01"], redis_of(redis_line))
    with pytest.raises(BackupError, match="cannot read the snapshot"):
        check_rdb([b"no snapshot"] * 100_000, redis_of(redis_line))
