"""A temporary server that loads a snapshot, for a restore to read from."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from redis.exceptions import BusyLoadingError
from redis.exceptions import ConnectionError as RedisConnectionError

from admitone.store.backup.errors import UnfitServerError
from admitone.store.redis.connect import open_redis

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from redis.asyncio import Redis

SNAPSHOT: Final = "snapshot.rdb"
"""The name of the snapshot in the server's folder."""
DATABASES: Final = 1024
"""The server that was backed up may have had more databases than the usual 16."""
POLL: Final = 0.02


@asynccontextmanager
async def snapshot_server(binary: Path, folder: Path, database: int) -> AsyncIterator[Redis]:
    """A client of `database` of a server that has loaded the file SNAPSHOT in `folder`.

    It listens on a socket in the folder, writes nothing, and ends with the block. Raises UnfitServerError if
    the program does not run or cannot load the file.
    """
    socket = folder / "redis.sock"
    try:
        process = subprocess.Popen(  # noqa: S603, ASYNC220  - forking takes a millisecond
            [binary, *_arguments(folder, socket)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={},
            umask=0o077,
        )
    except OSError as error:
        raise UnfitServerError(f"{binary} does not run: {error}") from error
    try:
        async with open_redis(f"unix://{socket}?db={database}") as client:
            while not await _has_loaded(client):
                if process.poll() is not None:
                    raise UnfitServerError(f"{binary} cannot load the snapshot. It says:\n{_log_end(folder)}")
                await asyncio.sleep(POLL)
            yield client
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


async def _has_loaded(client: Redis) -> bool:
    try:
        return bool(await client.ping())
    except (BusyLoadingError, RedisConnectionError):
        return False


def _arguments(folder: Path, socket: Path) -> list[str]:
    settings = {
        "dir": str(folder),
        "dbfilename": SNAPSHOT,
        "logfile": str(folder / "redis.log"),
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "appendonly": "no",
        "save": "",
        "databases": str(DATABASES),
    }
    return [part for name, value in settings.items() for part in (f"--{name}", value)]


def _log_end(folder: Path) -> str:
    try:
        return "\n".join((folder / "redis.log").read_text(errors="replace").splitlines()[-5:])
    except OSError:
        return "nothing"
