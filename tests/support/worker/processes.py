"""`admitone worker` as processes of their own, which a test may kill at any moment."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.patience import PATIENCE
from tests.support.server_process import SECRET_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TAKE_OVER = "1"
"""Seconds after which other workers take over the jobs of a worker that was killed."""


class WorkerProcess:
    """One `admitone worker`; `start` returns once it works. Settings lack the prefix."""

    def __init__(self, folder: Path, redis_url: str, **settings: str) -> None:
        self._log = folder / f"worker-{id(self)}.log"
        self._settings = {
            "REDIS_URL": redis_url,
            "DATA_DIR": str(folder / "data"),
            "SECRET_KEY": SECRET_KEY,
            "ENV": "test",
            "TAKE_OVER_SECONDS": TAKE_OVER,
            "WEBHOOKS_TO_LOOPBACK": "yes",
            **settings,
        }
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it."""
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("ADMITONE_")}
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "admitone", "worker"],
                env=inherited | {f"ADMITONE_{name}": text for name, text in self._settings.items()},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout
        if self._process.stdout.readline() != "Admit One works\n":
            self.kill()
            raise RuntimeError(f"The worker did not start:\n{self._log.read_text()}")

    def kill(self) -> None:
        """End it with SIGKILL, as a crash would."""
        if self._process:
            self._process.kill()
            self._process.communicate(timeout=PATIENCE)
            self._process = None

    def stop(self) -> int:
        """End it in order; answers its exit status."""
        assert self._process
        process, self._process = self._process, None
        process.terminate()
        process.communicate(timeout=PATIENCE)
        return process.returncode

    async def restart(self) -> None:
        """Kill it, and start another in its place."""
        await asyncio.to_thread(self.kill)
        await asyncio.to_thread(self.start)


@contextmanager
def worker_processes(count: int, folder: Path, redis_url: str) -> Iterator[list[WorkerProcess]]:
    """`count` workers, which are not started yet; all are killed afterwards."""
    workers = [WorkerProcess(folder, redis_url) for _ in range(count)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.kill()
