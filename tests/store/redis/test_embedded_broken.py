"""The embedded server when it is killed or hangs, and when its files are deleted or broken."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from admitone.store.redis.embedded import embedded_redis
from admitone.store.redis.embedded_process import prepare_home
from admitone.store.redis.file_lock import FileLock
from admitone.store.redis.unusable import RedisUnusableError
from tests.support.store.embedded_data import (
    get,
    holder,
    is_alive,
    kill_redis,
    process_id,
    put,
    redis_of_holder,
    until,
)

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_killed_redis_is_started_again_under_a_running_server(data: Path, binary: Path) -> None:
    async with embedded_redis(data, binary) as url:
        await put(url, "link", "booked")
        kill_redis(data)

        async def answers() -> bool:
            try:
                return await get(url, "link") == b"booked"
            except RedisConnectionError:
                return False

        await until(answers)
    assert not is_alive(data)


async def test_a_redis_killed_while_several_processes_use_it_is_one_again(data: Path, binary: Path) -> None:
    with holder(data, binary) as other:
        redis_of_holder(other)
        async with embedded_redis(data, binary) as url:
            for _ in range(2):
                killed = process_id(data)
                kill_redis(data)

                async def is_another(killed: int = killed) -> bool:
                    try:
                        await put(url, "link", "booked")
                    except RedisConnectionError:
                        return False
                    return process_id(data) != killed

                await until(is_another)
        assert is_alive(data)
    assert not is_alive(data)


async def test_a_crash_of_everything_leaves_a_socket_and_a_cut_entry_and_the_next_start_recovers(
    data: Path, binary: Path
) -> None:
    with holder(data, binary) as server:
        redis_of_holder(server)
        socket = prepare_home(data).socket
        await put(f"unix://{socket}", "link", "booked")
        server.kill()
        kill_redis(data)
    await until(lambda: asyncio.to_thread(lambda: not is_alive(data)))
    log = max(data.rglob("appendonly*.aof"), key=lambda file: file.stat().st_size)
    with log.open("ab") as entries:
        entries.write(b"*3\r\n$3\r\nSET\r\n$4\r\nli")
    assert socket.exists()
    assert (data / "redis.pid").exists()

    async with embedded_redis(data, binary) as url:
        assert await get(url, "link") == b"booked"


async def test_a_redis_left_by_a_killed_server_is_used_and_stopped(data: Path, binary: Path) -> None:
    with holder(data, binary) as server:
        redis_id = redis_of_holder(server)
        server.kill()
    assert is_alive(data)
    async with embedded_redis(data, binary):
        assert process_id(data) == redis_id
    assert not is_alive(data)


async def test_no_second_redis_while_one_lives_that_cannot_be_reached(data: Path, binary: Path) -> None:
    with holder(data, binary) as server:
        redis_id = redis_of_holder(server)
        server.kill()
    prepare_home(data).socket.unlink()
    with pytest.raises(RedisUnusableError, match=rf"process {redis_id}"):
        async with embedded_redis(data, binary, patience=0.1):
            pass
    assert is_alive(data)
    assert process_id(data) == redis_id


async def test_a_redis_that_hangs_is_an_error(data: Path, binary: Path) -> None:
    with holder(data, binary) as server:
        redis_id = redis_of_holder(server)
        server.kill()
    os.kill(redis_id, signal.SIGSTOP)
    with pytest.raises(RedisUnusableError, match="is silent"):
        async with embedded_redis(data, binary, patience=0.1):
            pass
    os.kill(redis_id, signal.SIGCONT)
    async with embedded_redis(data, binary):
        assert process_id(data) == redis_id


async def test_a_process_that_hangs_while_it_starts_redis_is_an_error(data: Path, binary: Path) -> None:
    home = prepare_home(data)
    with FileLock(home.turn) as other:
        assert other.take()
        with pytest.raises(RedisUnusableError, match=r"start\.lock"):
            async with embedded_redis(data, binary, patience=0.01):
                pass


async def test_a_redis_whose_files_were_deleted_gives_way_to_a_new_one(data: Path, binary: Path) -> None:
    with holder(data, binary) as server:
        redis_id = redis_of_holder(server)
        server.kill()
    shutil.rmtree(data)

    async with embedded_redis(data, binary) as url:
        assert process_id(data) != redis_id
        await put(url, "link", "booked")
    async with embedded_redis(data, binary) as url:
        assert await get(url, "link") == b"booked"


async def test_data_that_redis_cannot_read_is_an_error_in_its_words(data: Path, binary: Path) -> None:
    data.mkdir()
    (data / "appendonly.aof").write_text("This is no append-only file.\r\n")
    with pytest.raises(RedisUnusableError, match="Bad file format"):
        async with embedded_redis(data, binary):
            pass
    assert not is_alive(data)


async def test_a_data_directory_that_cannot_be_made_is_an_error(tmp_path: Path, binary: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RedisUnusableError, match="ADMITONE_DATA_DIR"):
        async with embedded_redis(tmp_path / "file" / "data", binary):
            pass
