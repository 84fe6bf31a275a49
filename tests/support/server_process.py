"""`admitone serve` as processes of their own, which a test may stop, kill and start again."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET_KEY = f"test:{base64.b64encode(bytes(range(32))).decode()}"
"""The key of `tests.support.factories.SEALER`, so that a test's own store reads what servers write."""
_LISTENS = re.compile(r"Admit One listens on (http://\S+)\n")


class ServerProcess:
    """One server. It takes any free port, another one after each start; `url` is where it listens."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = {
            "PORT": "0",
            "PUBLIC_URL": "http://127.0.0.1:8080",
            "DATA_DIR": str(folder / "data"),
            "SECRET_KEY": SECRET_KEY,
            "RATE_LIMITS": "off",
        } | settings
        self.log = folder / f"server-{id(self)}.log"
        self.url = ""
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and return once it accepts connections."""
        self.launch()
        self.wait_until_listening()

    def launch(self) -> None:
        """Start it; `wait_until_listening` must follow."""
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("ADMITONE_")}
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "admitone", "serve"],
                env=inherited | {f"ADMITONE_{name}": text for name, text in self.settings.items()},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def wait_until_listening(self) -> None:
        """Return once it accepts connections."""
        assert self.process
        assert self.process.stdout
        said = _LISTENS.fullmatch(self.process.stdout.readline())
        if said is None:
            self.kill()
            raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")
        self.url = said[1]

    def stop(self) -> int:
        """End it in order; answers its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it with SIGKILL, as a crash would."""
        self._end(signal.SIGKILL)

    def _end(self, by: signal.Signals) -> int:
        process, self.process = self.process, None
        if process is None:
            return 0
        process.send_signal(by)
        process.communicate(timeout=PATIENCE)
        return process.returncode


@contextmanager
def running_servers(count: int, folder: Path, **settings: str) -> Iterator[list[ServerProcess]]:
    """So many servers with the same settings; all are ended in order afterwards."""
    servers = [ServerProcess(folder, **settings) for _ in range(count)]
    try:
        for server in servers:
            server.launch()
        for server in servers:
            server.wait_until_listening()
        yield servers
    finally:
        for server in servers:
            server.stop()
