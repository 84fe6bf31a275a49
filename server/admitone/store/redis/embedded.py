"""The embedded Redis: a real redis-server that all processes on one data directory share.

Three locks in the data directory keep order, and each ends with the process that holds it. `users.lock`
is shared by every process that uses the data. `redis.lock` is handed to the redis-server, so that as long
as one lives on this data, whoever started it and whatever became of its socket, no second one is started.
`start.lock` is held for the moments in which one process starts or stops Redis.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from admitone.cancelling import cancelled
from admitone.store.redis.embedded_process import ask, gone, prepare_home, start
from admitone.store.redis.file_lock import FileLock
from admitone.store.redis.unusable import RedisUnusableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from admitone.store.redis.embedded_process import Home

log = structlog.get_logger()

POLL = 0.01
"""Seconds between two looks at what another process is doing."""


@asynccontextmanager
async def embedded_redis(
    data_dir: Path, binary: Path | None = None, *, patience: float = 10.0
) -> AsyncIterator[str]:
    """A Redis on `data_dir` for as long as the block lasts; yields its address, `unix://…`.

    The first process starts it (`binary`, or what `redis_binary` finds), further ones use the same, the last
    one stops it in order. Should it die, it is started again at once; calls in between fail with redis-py's
    `ConnectionError`, or its subclass `BusyLoadingError` while the data is read. `patience` is for how many
    seconds a Redis that lives may leave us without an answer. Raises `RedisUnusableError`.
    """
    home = await asyncio.to_thread(prepare_home, data_dir)
    redis = _EmbeddedRedis(home, binary, patience)
    async with redis.used():
        await redis.ensure()
        keeper = asyncio.create_task(redis.keep_running())
        try:
            yield home.url
        finally:
            await cancelled(keeper)


class _EmbeddedRedis:
    def __init__(self, home: Home, binary: Path | None, patience: float) -> None:
        self.home = home
        self.binary = binary
        self.patience = patience
        self.ours_to_stop = False

    @asynccontextmanager
    async def used(self) -> AsyncIterator[None]:
        """Count as a user of the data for the block; the last one out stops Redis."""
        with FileLock(self.home.users) as users:
            async with self._turn():
                users.share()
            try:
                yield
            finally:
                if self.ours_to_stop:
                    async with self._turn():
                        if users.take():
                            await self._stop()

    async def ensure(self) -> None:
        """Return when Redis has read its data and answers, after starting it if none lives on the data."""
        async with self._turn():
            await self._ensure_alive()
        while (answer := await self._ping()) and answer.startswith(b"-LOADING"):  # noqa: ASYNC110
            await asyncio.sleep(POLL)
        if answer is None:
            raise RedisUnusableError(f"Redis ended while it read its data:\n{self.home.last_words()}")

    async def keep_running(self) -> None:
        """Start Redis again whenever it ends, for ever, though not more often than once a second."""
        loop = asyncio.get_running_loop()
        started = loop.time() - 1
        while True:
            await gone(self.home)
            await asyncio.sleep(started + 1 - loop.time())
            log.warning("embedded-redis-gone", data=str(self.home.data))
            started = loop.time()
            try:
                await self.ensure()
            except (RedisUnusableError, OSError) as error:
                log.error("embedded-redis-not-started", reason=str(error))

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Be the only process that starts or stops Redis on this data."""
        with FileLock(self.home.turn) as turn:
            try:
                async with asyncio.timeout(6 * self.patience):
                    while not turn.take():  # noqa: ASYNC110  - another process holds it, no event tells
                        await asyncio.sleep(POLL)
            except TimeoutError as error:
                raise RedisUnusableError(
                    "Another process has been starting or stopping Redis for too long. End the one that has"
                    f" {self.home.turn} open."
                ) from error
            yield

    async def _ensure_alive(self) -> None:
        started = False
        try:
            async with asyncio.timeout(self.patience):
                while True:
                    answer = await self._ping()
                    lock = FileLock.taken(self.home.alive)
                    if lock is None:
                        if answer:
                            self.ours_to_stop = True
                            return
                        await asyncio.sleep(POLL)
                    elif answer:
                        # It lives, but not on these files: they were deleted under it. New files, new Redis.
                        lock.close()
                        await ask(self.home, b"SHUTDOWN", self.patience)
                    elif started:
                        lock.close()
                        raise RedisUnusableError(f"Redis did not start:\n{self.home.last_words()}")
                    else:
                        started = self.ours_to_stop = True
                        # Shielded, for the thread closes the lock: cancelled before it ran, it would not.
                        await asyncio.shield(asyncio.to_thread(start, self.home, self.binary, lock))
        except TimeoutError as error:
            raise RedisUnusableError(
                f"A redis-server (process {self.home.process_id}) lives on {self.home.data} and is silent"
                f" at {self.home.socket}. If another user started it, or a container or a service that has a"
                " /tmp of its own, run this there; otherwise end that process and start again."
            ) from error

    async def _ping(self) -> bytes | None:
        return await ask(self.home, b"PING", self.patience)

    async def _stop(self) -> None:
        with FileLock(self.home.alive) as alive:
            try:
                async with asyncio.timeout(self.patience):
                    while not alive.take():
                        await ask(self.home, b"SHUTDOWN", self.patience)
                        await asyncio.sleep(POLL)
            except TimeoutError:
                log.error("embedded-redis-not-stopped", process_id=self.home.process_id)
