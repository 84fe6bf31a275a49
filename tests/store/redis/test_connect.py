"""Addresses of a Redis, and what the client made from one does and does not do."""

from __future__ import annotations

import asyncio
import traceback
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from admitone.store.redis.connect import open_redis
from admitone.store.redis.unusable import RedisUnusableError
from admitone.store.schema import SCHEMA
from tests.support.certificate import write_certificate
from tests.support.ports import free_port
from tests.support.redis_server import running_redis
from tests.support.store.sentinel import running_sentinel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.support.redis_server import RedisServer


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def tcp_redis(redis_line: str, port: int) -> Iterator[RedisServer]:
    with running_redis(redis_line, port=str(port), requirepass="p/w") as server:
        yield server


@asynccontextmanager
async def cutting_proxy(target: str, at: bytes, folder: Path) -> AsyncIterator[str]:
    """An address that passes everything to `target`, and cuts the connection instead of answering `at`."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        redis_reader, redis_writer = await asyncio.open_unix_connection(target.removeprefix("unix://"))
        while request := await reader.read(65536):
            redis_writer.write(request)
            answer = await redis_reader.read(65536)
            if at in request:
                break
            writer.write(answer)
        for end in (writer, redis_writer):
            end.close()
            await end.wait_closed()

    server = await asyncio.start_unix_server(serve, folder / "proxy.sock")
    async with server:
        yield f"unix://{folder / 'proxy.sock'}"


async def test_a_unix_socket(redis_url: str) -> None:
    async with open_redis(redis_url) as client:
        await client.set("link", "booked")
        assert await client.get("link") == b"booked"


async def test_a_host_with_password_and_database(tcp_redis: RedisServer, port: int) -> None:
    async with open_redis(f"redis://:p%2Fw@127.0.0.1:{port}/3") as client:
        await client.set("link", "booked")
    with tcp_redis.client() as other:
        other.select(3)
        assert other.get("link") == b"booked"


async def test_a_service_of_sentinel(tcp_redis: RedisServer, redis_line: str, port: int) -> None:
    with running_sentinel(tcp_redis.folder, redis_line, port) as sentinel:
        nobody = free_port()
        url = (
            f"redis+sentinel://:p%2Fw@127.0.0.1:{nobody},127.0.0.1:{sentinel}/admitone/2"
            "?sentinel_password=watch"
        )
        async with open_redis(url, connections=2) as client:
            await asyncio.gather(*(client.incr("visits") for _ in range(20)))
            assert await client.get("visits") == b"20"
            assert (await client.client_info())["db"] == 2
        async with open_redis(url.replace("/admitone/", "/unknown/")) as client:
            with pytest.raises(RedisConnectionError):
                await client.get("visits")


async def test_tls_checks_the_certificate(tmp_path: Path, port: int) -> None:
    certificate, key = write_certificate(tmp_path, "127.0.0.1")
    with running_redis(
        "redis",  # the Valkey that comes with Admit One is built without TLS
        tls_port=str(port),
        tls_cert_file=str(certificate),
        tls_key_file=str(key),
        tls_auth_clients="no",
    ):
        url = f"rediss://127.0.0.1:{port}"
        async with open_redis(f"{url}?ssl_ca_certs={certificate}") as client:
            assert await client.ping()
        async with open_redis(url) as client:
            with pytest.raises(RedisConnectionError, match="certificate"):
                await client.ping()


async def test_a_command_whose_answer_was_lost_is_not_sent_again(redis_url: str, tmp_path: Path) -> None:
    async with cutting_proxy(redis_url, b"INCR", tmp_path) as proxy, open_redis(proxy) as client:
        with pytest.raises(RedisConnectionError):
            await client.incr("visits")
        assert await client.get("visits") == b"1"


async def test_callers_wait_for_a_connection_instead_of_failing(redis_url: str) -> None:
    async with open_redis(redis_url, connections=2) as client:
        await asyncio.gather(*(client.incr("visits") for _ in range(100)))
        assert await client.get("visits") == b"100"
        assert len([one for one in await client.client_list() if one["name"] == f"admitone-{SCHEMA}"]) == 2


async def test_it_connects_again_after_redis_was_killed(own_redis: RedisServer) -> None:
    async with open_redis(own_redis.url) as client:
        await client.set("link", "booked")
        own_redis.kill()
        with pytest.raises(RedisError):
            await client.get("link")
        own_redis.start()
        assert await client.get("link") == b"booked"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://host:6379", "must start with one of unix://, redis://, rediss://"),
        ("host:6379", "must start with"),
        ("", "must start with"),
        ("unix://", "names no socket"),
        ("redis://", "names no host"),
        ("redis://:6379", "names no host"),
        ("redis://host:port", "malformed"),
        ("redis://host:99999", "malformed"),
        ("redis://[::1", "malformed"),
        ("redis://host/first", "number of a database"),
        ("redis://host?db=first", "malformed"),
        ("redis://host?retry_on_timeout=yes", "takes db only"),
        ("rediss://host?socket_timeout=1", "takes db, ssl_ca_certs"),
        ("redis+sentinel://host:26379", "needs the service's name"),
        ("redis+sentinel:///service", "must have hosts"),
        ("redis+sentinel://one,,two/service", "must have hosts"),
        ("redis+sentinel://host:port/service", "malformed"),
        ("redis+sentinel://host/service/first", "number of a database"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, reason: str) -> None:
    with pytest.raises(RedisUnusableError, match="ADMITONE_REDIS_URL") as refusal:
        open_redis(url)
    assert reason in str(refusal.value)


@pytest.mark.parametrize("separator", ["/", "?", "#", "@", ":", "["])
@pytest.mark.parametrize("scheme", ["redis", "rediss", "redis+sentinel", "redis+cluster", "other"])
def test_a_refusal_repeats_no_password(scheme: str, separator: str) -> None:
    with pytest.raises(RedisUnusableError) as refusal:
        open_redis(f"{scheme}://:hush{separator}secret@host:x/y/z?w")
    shown = "".join(traceback.format_exception_only(refusal.value.__cause__ or refusal.value))
    assert "hush" not in shown
    assert "secret" not in shown
