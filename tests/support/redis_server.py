"""Real servers for the tests: one that a whole run shares, and others that a test may kill."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import redis

from admitone.store.redis.redis_binary import server_on_path, valkey_in_wheel
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINES: dict[str, Callable[[], Path | None]] = {
    "valkey": valkey_in_wheel,
    "redis": partial(server_on_path, "redis-server"),
}
"""The servers that the store must work on: the Valkey that comes with Admit One, and Debian's Redis 7.0."""


class RedisServer:
    """A Redis or Valkey that keeps its data as production must, in a folder of its own.

    `settings` are further lines of redis.conf, an underscore for each hyphen; they win over the usual ones.
    """

    def __init__(self, binary: Path, folder: Path, **settings: str) -> None:
        self.binary = binary
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.log = folder / "redis.log"
        self.settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "dir": str(folder),
            "logfile": str(self.log),
            "appendonly": "yes",
            "appendfsync": "always",
            "save": "",
        } | {name.replace("_", "-"): value for name, value in settings.items()}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for `ADMITONE_REDIS_URL`; it stays the same over restarts."""
        return f"unix://{self.socket}"

    def client(self) -> redis.Redis:
        """A blocking connection for a test's own questions."""
        password = self.settings.get("requirepass")
        return redis.Redis(
            unix_socket_path=str(self.socket), password=password, socket_timeout=PATIENCE, driver_info=None
        )

    def start(self) -> None:
        """Start on the data that is there, and wait until it answers."""
        arguments = [part for name, value in self.settings.items() for part in (f"--{name}", value)]
        self.process = subprocess.Popen(
            [self.binary, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.binary} did not start:\n{self.log.read_text()}")
            time.sleep(0.005)

    def stop(self) -> None:
        """End it in order."""
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def kill(self) -> None:
        """End it with SIGKILL, as a crash would."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        client = self.client()
        try:
            return bool(client.ping())
        except redis.RedisError:  # not there yet, or still reading its data
            return False
        finally:
            client.close()


@contextmanager
def running_redis(line: str, **settings: str) -> Iterator[RedisServer]:
    """A server of a line ("valkey" or "redis"), empty, with its own folder; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ao-", dir=short_folder()))
    server = RedisServer(redis_of(line), folder, **settings)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)


def redis_of(line: str) -> Path:
    """The program of one line; a run without it fails, for half of the store would go untested."""
    binary = LINES[line]()
    if binary is None:
        raise RuntimeError(f"The tests need a {line}-server: run `make setup-test`")
    return binary


def short_folder() -> str:
    """Where sockets' paths stay under 107 bytes; in memory where there is such a place, for fsync's sake."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"  # noqa: S108
