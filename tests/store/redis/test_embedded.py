"""The embedded server, with real processes, as Valkey and as Redis."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
from pathlib import Path

import pytest
from redis.asyncio import Redis

from admitone.store.redis.embedded import embedded_redis
from tests.support.patience import PATIENCE
from tests.support.store.embedded_data import get, holder, is_alive, process_id, put, redis_of_holder


async def test_what_was_written_is_there_after_a_restart(data: Path, binary: Path) -> None:
    async with embedded_redis(data, binary) as url:
        await put(url, "link", "booked")
    async with embedded_redis(data, binary) as url:
        assert await get(url, "link") == b"booked"


async def test_only_its_own_user_can_reach_it(data: Path, binary: Path) -> None:
    async with embedded_redis(data, binary) as url:
        await put(url, "link", "booked")
        sockets = Path(url.removeprefix("unix://")).parent
        assert sockets.name == f"admitone-{os.geteuid()}"
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) & 0o077 for file in data.rglob("*")} == {0}
        async with Redis.from_url(url) as client:
            assert (await client.config_get("port"))["port"] == "0"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows it there")
async def test_it_has_none_of_our_environment(
    data: Path, binary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMITONE_SECRET_KEY", "1:c2VjcmV0")
    async with embedded_redis(data, binary):
        environment = Path(f"/proc/{process_id(data)}/environ")
        assert environment.read_bytes() == b""


async def test_the_last_one_out_stops_it(data: Path, binary: Path) -> None:
    async with embedded_redis(data, binary) as url:
        first = process_id(data)
        async with embedded_redis(data, binary) as second_url:
            assert second_url == url
        assert is_alive(data)
        assert process_id(data) == first
        await put(url, "link", "booked")
    assert not is_alive(data)
    assert not Path(url.removeprefix("unix://")).exists()


async def test_processes_that_start_at_the_same_moment_make_one_redis(data: Path, binary: Path) -> None:
    with holder(data, binary) as one, holder(data, binary) as two, holder(data, binary) as three:
        redis_ids = {redis_of_holder(process) for process in (one, two, three)}
        assert len(redis_ids) == 1
        assert is_alive(data)
    assert not is_alive(data)


async def test_users_that_come_and_go_lose_nothing(data: Path, binary: Path) -> None:
    async def come_and_go() -> None:
        for _ in range(5):
            async with embedded_redis(data, binary) as url, Redis.from_url(url) as client:
                await client.incr("visits")

    await asyncio.gather(*(come_and_go() for _ in range(4)))
    assert not is_alive(data)
    async with embedded_redis(data, binary) as url:
        assert await get(url, "visits") == b"20"


async def test_ctrl_c_reaches_the_server_and_not_redis(data: Path, binary: Path) -> None:
    with holder(data, binary) as terminal:
        redis_id = redis_of_holder(terminal)
        async with embedded_redis(data, binary) as url:
            os.killpg(terminal.pid, signal.SIGINT)
            terminal.communicate(timeout=PATIENCE)
            await put(url, "link", "booked")
            assert process_id(data) == redis_id


@pytest.mark.parametrize("milliseconds", [0, 1, 2, 4, 8, 16])
async def test_a_start_that_is_cancelled_leaves_nothing_behind(
    data: Path, binary: Path, milliseconds: int
) -> None:
    async def use() -> None:
        async with embedded_redis(data, binary):
            await asyncio.sleep(60)

    user = asyncio.create_task(use())
    await asyncio.sleep(milliseconds / 1000)
    user.cancel()
    await asyncio.gather(user, return_exceptions=True)
    assert user.cancelled()
    assert not data.exists() or not is_alive(data)
