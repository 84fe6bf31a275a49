"""One Chromium for a whole run of tests: starting one takes longer than most tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTENING = re.compile(r"DevTools listening on (ws://\S+)")


@contextmanager
def running_chromium(*arguments: str, **environment: str) -> Iterator[str]:
    """Start Chromium without a window, with further `arguments`; yields the address of its CDP."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [
                shutil.which("chromium") or "chromium",
                "--headless=new",
                "--no-sandbox",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                f"--user-data-dir={profile}",
                *arguments,
            ],
            env=os.environ | environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr
        try:
            yield next(found[1] for line in process.stderr if (found := LISTENING.search(line)))
        finally:
            process.terminate()
            process.wait(PATIENCE)
            process.stderr.close()
