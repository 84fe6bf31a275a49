"""The embedded Redis, with real processes, on every line of Redis."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from admitone.store.redis.embedded import embedded_redis
from admitone.store.redis.embedded_process import prepare_home
from admitone.store.redis.file_lock import FileLock
from admitone.store.redis.unusable import RedisUnusableError
from tests.support.patience import PATIENCE
from tests.support.redis_server import redis_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator


@pytest.fixture
def binary(redis_line: str) -> Path:
    return redis_of(redis_line)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data directory; a Redis that a failed test left on it is killed."""
    data = tmp_path / "data"
    yield data
    if data.exists() and is_alive(data):
        os.kill(process_id(data), signal.SIGKILL)


def is_alive(data: Path) -> bool:
    lock = FileLock.taken(data / "redis.lock")
    if lock:
        lock.close()
    return lock is None


def process_id(data: Path) -> int:
    return int((data / "redis.pid").read_text())


def kill_redis(data: Path) -> None:
    os.kill(process_id(data), signal.SIGKILL)


async def get(url: str, key: str) -> bytes | str | None:
    async with Redis.from_url(url) as client:
        return await client.get(key)


async def put(url: str, key: str, value: str) -> None:
    async with Redis.from_url(url) as client:
        await client.set(key, value)


async def until(look: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await look():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


@contextmanager
def holder(data: Path, binary: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the same data, in a process group of its own as a shell would have it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.store.hold_redis", data, binary],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.communicate(timeout=PATIENCE)


def redis_of_holder(process: subprocess.Popen[str]) -> int:
    assert process.stdout
    return int(process.stdout.readline())


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
