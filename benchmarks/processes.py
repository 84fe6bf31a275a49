"""What is measured runs as it would in production: Valkey, floor and server each a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import redis

from admitone.config import Config
from admitone.store.redis.redis_binary import redis_binary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

START_WITHIN = 30.0
SECRET_KEY = "bench:" + "A" * 43 + "="


class Running(NamedTuple):
    """A process that runs: its id, and the port on which it serves; of a Redis the address."""

    pid: int
    port: int = 0
    address: str = ""


@contextmanager
def running_redis() -> Iterator[Running]:
    """An empty server on disk, appendfsync always, without rewrites meanwhile.

    It is the Valkey that comes with Admit One, or what ADMITONE_REDIS_SERVER names.
    """
    folder = Path(tempfile.mkdtemp(prefix="ao-bench-"))
    address = folder / "redis.sock"
    settings = {
        "port": "0",
        "unixsocket": str(address),
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "always",
        "auto-aof-rewrite-percentage": "0",
        "save": "",
    }
    arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]

    def answers() -> bool:
        try:
            return bool(redis.Redis(unix_socket_path=str(address)).ping())
        except redis.RedisError:
            return False

    try:
        command = [str(redis_binary(Config.from_environment().redis_server)), *arguments]
        with _running(command, None, answers) as pid:
            yield Running(pid, address=f"unix://{address}")
    finally:
        shutil.rmtree(folder)


@contextmanager
def running_floor() -> Iterator[Running]:
    """The floor (benchmarks/floor.py)."""
    port = _free_port()
    with _running(["-m", "benchmarks.floor", str(port)], None, lambda: _accepts(port)) as pid:
        yield Running(pid, port)


@contextmanager
def running_server(redis_url: str, *, works: bool = False) -> Iterator[Running]:
    """The server on the Redis at `redis_url`.

    Unless it `works` as well, what follows from its bookings is left to other processes, as for anybody
    who has much of it to do.
    """
    port = _free_port()
    settings = environment(redis_url) | {
        "ADMITONE_PORT": str(port),
        "ADMITONE_WORKER": "on" if works else "off",
    }
    with _running(["-m", "admitone", "serve"], settings, lambda: _accepts(port)) as pid:
        yield Running(pid, port)


@contextmanager
def running_workers(redis_url: str, count: int, more: Mapping[str, str] = {}) -> Iterator[list[Running]]:
    """So many `admitone worker` on the Redis at `redis_url`, from when all of them work; `more` settings."""
    command = [sys.executable, "-m", "admitone", "worker"]
    environ, quiet = environment(redis_url) | dict(more), subprocess.DEVNULL
    processes = [
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=quiet) for _ in range(count)
    ]
    try:
        for process in processes:
            assert process.stdout
            process.stdout.readline()  # a worker says that it works
        yield [Running(process.pid) for process in processes]
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def environment(redis_url: str) -> dict[str, str]:
    """The environment of the server under test, without its port."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ADMITONE_")}
    return inherited | {
        "ADMITONE_ENV": "test",
        "ADMITONE_REDIS_URL": redis_url,
        "ADMITONE_SECRET_KEY": SECRET_KEY,
        "ADMITONE_RATE_LIMITS": "off",
    }


@contextmanager
def _running(
    command: Sequence[str], environ: dict[str, str] | None, is_ready: Callable[[], bool]
) -> Iterator[int]:
    """A process, by its id, from when it is ready to its end; a module runs in this Python."""
    words = [sys.executable, *command] if command[0] == "-m" else list(command)
    process = subprocess.Popen(words, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START_WITHIN
        while not is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(words)} did not start")
            time.sleep(0.02)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
