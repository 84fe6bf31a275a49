"""A server of several processes: the parent owns port and data, and keeps its children running.

The listening sockets stay open in the parent: connections that come while a child is started again wait for
it. The parent holds the embedded Redis as well, so that it does not stop between two children.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import sys
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from admitone import app
from admitone.cancelling import cancelled
from admitone.commands.serve.child import READY
from admitone.store.redis.embedded_process import private_folder, socket_folder
from admitone.web.http.connections.listen import SHUTDOWN_SECONDS
from admitone.web.http.connections.sockets import address_of, open_sockets

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from pathlib import Path

    from admitone.config import Config

log = structlog.get_logger()

PAUSE = 1.0
"""Seconds between two starts of the same child, at least."""
PATIENCE = 2 * SHUTDOWN_SECONDS
"""Seconds for a child to end in order; then it is killed."""


@dataclass(frozen=True)
class _Child:
    process: Process
    line: asyncio.StreamReader

    async def is_ready(self) -> bool:
        """Wait until it accepts connections; False if it ended before."""
        return await self.line.read(len(READY)) == READY


async def serve_by_children(config: Config, announce: Callable[[str], None]) -> int:
    """Serve by as many processes as the settings say, until SIGINT or SIGTERM; returns the exit status.

    `announce` is called with the address once all of them accept connections. A child that ends is started
    again. If none is left and one cannot start, the server ends with the status of that one.

    Raises:
        ConfigError, RedisUnusableError, ListenError: the server cannot start; the text is for people.
    """
    sockets = open_sockets(config.host, config.port, config.processes)
    stop = app.stop_signal()
    with _folder(config.runtime_dir) as folder:
        async with app.redis_address(config):
            children = Children(sockets, folder)
            waiting = asyncio.create_task(stop.wait())
            running = asyncio.create_task(children.run(lambda: announce(address_of(sockets[0]))))
            try:
                await asyncio.wait((waiting, running), return_when=asyncio.FIRST_COMPLETED)
                return running.result() if running.done() else 0
            finally:
                await cancelled(waiting)
                for each in (one for several in sockets for one in several):
                    each.close()  # before the children end, so that nobody waits for one that will not come
                await cancelled(running)


@contextmanager
def _folder(runtime_dir: Path) -> Iterator[Path]:
    """A private folder for the sockets of this server's processes."""
    folder = private_folder(socket_folder(runtime_dir) / str(os.getpid()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Children:
    """The processes that serve, one for each list of listening sockets."""

    def __init__(self, sockets: Sequence[Sequence[socket.socket]], folder: Path) -> None:
        self._sockets = sockets
        self._folder = folder
        self._serving: set[int] = set()
        self._all_serve = asyncio.Event()

    async def run(self, announce: Callable[[], None]) -> int:
        """Keep all of them running; returns the status of one that could not start while none served.

        The first starts alone: it migrates the data, and says what is wrong, once. When this is cancelled,
        all children end in order.
        """
        announcing = asyncio.create_task(self._announce(announce))
        tasks = [asyncio.create_task(self._keep(0))]
        try:
            while not self._serving and not tasks[0].done():  # noqa: ASYNC110  - a start takes a second
                await asyncio.sleep(0.01)
            tasks += [asyncio.create_task(self._keep(number)) for number in range(1, len(self._sockets))]
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return ended.pop().result()
        finally:
            await asyncio.gather(*(cancelled(task) for task in (announcing, *tasks)))

    async def _announce(self, announce: Callable[[], None]) -> None:
        await self._all_serve.wait()
        announce()

    async def _keep(self, number: int) -> int:
        """Start a child, again whenever it ends; returns its status if it could not start and none serves."""
        clock = asyncio.get_running_loop().time
        while True:
            started = clock()
            async with self._child(number) as child:
                if is_ready := await child.is_ready():
                    self._serving.add(number)
                    if len(self._serving) == len(self._sockets):
                        self._all_serve.set()
                try:
                    status = await child.process.wait()
                finally:
                    self._serving.discard(number)
            if not is_ready and not self._serving:
                return max(status, 1)
            log.warning("serving-process-ended", number=number, status=status, follows="it is started again")
            await asyncio.sleep(started + PAUSE - clock())

    @asynccontextmanager
    async def _child(self, number: int) -> AsyncIterator[_Child]:
        """A child process during the block; it is ended in order if it still runs."""
        ours, theirs = socket.socketpair()
        sockets = [each.fileno() for each in self._sockets[number]]
        line, writer = await asyncio.open_connection(sock=ours)
        try:
            with theirs:
                process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    *("-m", "admitone", "serving-process"),
                    *("--number", str(number), "--parent", str(theirs.fileno())),
                    *(word for each in sockets for word in ("--listen", str(each))),
                    *("--folder", str(self._folder)),
                    stdin=asyncio.subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(), *sockets),
                )
            try:
                yield _Child(process, line)
            finally:
                await _ended(process, number)
        finally:
            writer.close()


async def _ended(process: Process, number: int) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(PATIENCE):
            await process.wait()
    except TimeoutError:
        log.error("serving-process-killed", number=number, reason=f"it did not end within {PATIENCE:.0f} s")
        process.kill()
        await process.wait()
