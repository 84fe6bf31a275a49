"""The embedded server: a real Valkey or Redis that all processes on one data directory share.

Three locks in the data directory coordinate these processes; each is released when its holder ends. Every
process that uses the data shares `users.lock`. The server inherits `redis.lock`, so that no second
server is started while one runs on this data, even if its socket is gone. A process holds `start.lock` while
it starts or stops Redis.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from admitone.cancelling import cancelled
from admitone.store.redis.embedded_process import NAME_ANOTHER, SOCKETS, ask, gone, prepare_home, start
from admitone.store.redis.file_lock import FileLock
from admitone.store.redis.memory import embedded_memory
from admitone.store.redis.unusable import RedisUnusableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from admitone.store.redis.embedded_process import Home

log = structlog.get_logger()

POLL = 0.01
"""Seconds between two checks of a lock or an answer."""


@asynccontextmanager
async def embedded_redis(
    data_dir: Path,
    binary: Path | None = None,
    *,
    runtime_dir: Path = SOCKETS,
    maxmemory: int | None = None,
    patience: float = 10.0,
) -> AsyncIterator[str]:
    """A Redis on `data_dir` for as long as the block lasts; yields its address, `unix://…`.

    The first process starts it (`binary`, or the program that `redis_binary` finds), further processes use
    the same one, and the last one shuts it down. If Redis dies, it is started again at once; calls in between
    fail with redis-py's `ConnectionError`, or its subclass `BusyLoadingError` while Redis loads the data.
    All of them must name the same `runtime_dir`, in which the socket's folder is.
    A Redis that is started here is full with `maxmemory` bytes, by default those of `embedded_memory`.
    `patience` is the number of seconds within which a running Redis must answer. Raises `RedisUnusableError`.
    """
    home = await asyncio.to_thread(prepare_home, data_dir, runtime_dir)
    redis = _EmbeddedRedis(home, binary, maxmemory or embedded_memory(), patience)
    async with redis.used():
        await redis.ensure()
        keeper = asyncio.create_task(redis.keep_running())
        try:
            yield home.url
        finally:
            await cancelled(keeper)


async def running_embedded_redis(
    data_dir: Path, runtime_dir: Path = SOCKETS, *, patience: float = 2.0
) -> str | None:
    """The address of the Redis that runs on `data_dir`, or None; starts nothing and creates no data.

    Raises `RedisUnusableError` if this user cannot use the directory.
    """
    if not await asyncio.to_thread(data_dir.is_dir):
        return None
    home = await asyncio.to_thread(prepare_home, data_dir, runtime_dir)
    return home.url if await ask(home, b"PING", patience) else None


class _EmbeddedRedis:
    def __init__(self, home: Home, binary: Path | None, maxmemory: int, patience: float) -> None:
        self.home = home
        self.binary = binary
        self.maxmemory = maxmemory
        self.patience = patience
        self.ours_to_stop = False

    @asynccontextmanager
    async def used(self) -> AsyncIterator[None]:
        """Share the lock of users during the block; the last process that leaves stops Redis."""
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
        """Start Redis if none runs on the data, and return when it has loaded its data and answers."""
        async with self._turn():
            await self._ensure_alive()
        while (answer := await self._ping()) and answer.startswith(b"-LOADING"):  # noqa: ASYNC110
            await asyncio.sleep(POLL)
        if answer is None:
            raise self._ended()

    async def keep_running(self) -> None:
        """Restart Redis whenever it ends, at most once a second; runs until it is cancelled."""
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
                    while not turn.take():  # noqa: ASYNC110  - another process holds it
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
                        # Redis answers, but the lock is free: its files were deleted. Start one on new files.
                        lock.close()
                        await ask(self.home, b"SHUTDOWN", self.patience)
                    elif started:
                        lock.close()
                        raise self._ended()
                    else:
                        started = self.ours_to_stop = True
                        # Shielded: the thread closes the lock, also if this task is cancelled.
                        await asyncio.shield(
                            asyncio.to_thread(start, self.home, self.binary, self.maxmemory, lock)
                        )
        except TimeoutError as error:
            raise RedisUnusableError(
                f"A Redis or Valkey (process {self.home.process_id}) lives on {self.home.data} and is silent"
                f" at {self.home.socket}. If another user started it, or a container or a service that has a"
                " /tmp of its own, run this there; if it was started with another ADMITONE_RUNTIME_DIR, set"
                " the same; otherwise end that process and start again."
            ) from error

    def _ended(self) -> RedisUnusableError:
        """The error for a server that ended by itself, as it does when it cannot read the data."""
        writer = self.home.written_by
        wrote = f"; {writer} wrote its oldest part" if writer else ""
        return RedisUnusableError(
            f"The embedded server ended before it was ready. Its last words:\n{self.home.last_words()}\n"
            f"The data in {self.home.data} is unchanged{wrote}. If this server cannot read it, {NAME_ANOTHER}"
            " A tool that repairs such files may drop bookings."
        )

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
