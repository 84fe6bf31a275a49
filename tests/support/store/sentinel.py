"""A Sentinel of one of the servers under test."""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.patience import PATIENCE
from tests.support.ports import free_port
from tests.support.redis_server import redis_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def running_sentinel(folder: Path, line: str, primary: int) -> Iterator[int]:
    """A Sentinel that watches one primary, as the service `admitone`; yields its port."""
    port = free_port()
    configuration = folder / "sentinel.conf"
    configuration.write_text(
        f"port {port}\nbind 127.0.0.1\nlogfile {folder / 'sentinel.log'}\nrequirepass watch\n"
        f"sentinel monitor admitone 127.0.0.1 {primary} 1\nsentinel auth-pass admitone p/w\n"
    )
    process = subprocess.Popen([redis_of(line), configuration, "--sentinel"], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                assert time.monotonic() < deadline
                time.sleep(0.005)
        yield port
    finally:
        process.kill()
        process.wait()
