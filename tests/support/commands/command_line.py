"""`admitone` as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.support.patience import PATIENCE

ADMITONE = [sys.executable, "-m", "admitone"]


def environment(**settings: str) -> dict[str, str]:
    """The environment of a command, with these settings and no others; `settings` lack the prefix."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("ADMITONE_")}
    return inherited | {f"ADMITONE_{name}": text for name, text in settings.items()}


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, whatever its exit status."""
    return subprocess.run(
        [*ADMITONE, *arguments],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
