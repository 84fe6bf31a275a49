"""`admitone worker` as a process of its own, which a test may kill."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from admitone.fakegoogle.demo import CLIENT
from tests.support.server_process import SECRET_KEY

if TYPE_CHECKING:
    from pathlib import Path

SAYS = b"Admit One works\n"


class WorkerProcess:
    """One worker on a Redis and a stand-in for Google; `log` is where it writes."""

    def __init__(self, folder: Path, redis_url: str, google_url: str) -> None:
        self.log = folder / f"worker-{id(self)}.log"
        self._environment = {
            name: text for name, text in os.environ.items() if not name.startswith("ADMITONE_")
        } | {
            "ADMITONE_REDIS_URL": redis_url,
            "ADMITONE_DATA_DIR": str(folder / "data"),
            "ADMITONE_SECRET_KEY": SECRET_KEY,
            "ADMITONE_PUBLIC_URL": "http://127.0.0.1:8080",
            "ADMITONE_GOOGLE_ENDPOINT": google_url,
            "ADMITONE_GOOGLE_CLIENT_ID": CLIENT.client_id,
            "ADMITONE_GOOGLE_CLIENT_SECRET": CLIENT.client_secret,
            "ADMITONE_TAKE_OVER_SECONDS": "2",
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and return once it works."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "admitone", "worker"),
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        assert self._process.stdout
        said = await self._process.stdout.readline()
        assert said == SAYS, self.log.read_text()

    async def kill(self) -> None:
        """End it with SIGKILL, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            await process.communicate()
