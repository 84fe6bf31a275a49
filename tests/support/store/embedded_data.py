"""A data directory with the embedded server that uses it, and other processes that share it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from redis.asyncio import Redis

from admitone.store.redis.file_lock import FileLock
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path


def is_alive(data: Path) -> bool:
    """Whether a Redis holds the lock of this data directory."""
    lock = FileLock.taken(data / "redis.lock")
    if lock:
        lock.close()
    return lock is None


def process_id(data: Path) -> int:
    """The process id of this data directory's Redis."""
    return int((data / "redis.pid").read_text())


def kill_redis(data: Path) -> None:
    """Kill the Redis at once, as a crash would."""
    os.kill(process_id(data), signal.SIGKILL)


async def get(url: str, key: str) -> bytes | str | None:
    """The value of a key."""
    async with Redis.from_url(url) as client:
        return await client.get(key)


async def put(url: str, key: str, value: str) -> None:
    """Set the value of a key."""
    async with Redis.from_url(url) as client:
        await client.set(key, value)


async def until(look: Callable[[], Awaitable[bool]]) -> None:
    """Return as soon as `look` answers true."""
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
    """The process id of the Redis that a `holder` uses, once the holder is ready."""
    assert process.stdout
    return int(process.stdout.readline())
