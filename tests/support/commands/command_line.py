"""`admitone` as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner

from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    import click
    from click.testing import Result

ADMITONE = [sys.executable, "-m", "admitone"]


def environment(**settings: str) -> dict[str, str]:
    """The environment of a command, with these settings and no others; `settings` lack the prefix."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("ADMITONE_")}
    return inherited | {f"ADMITONE_{name}": text for name, text in settings.items()}


def invoke(command: click.Command, *arguments: str, **settings: str) -> Result:
    """Run a command in this process, which spares a second of imports; call it in a thread of async tests."""
    others: dict[str, str | None] = {name: None for name in os.environ if name.startswith("ADMITONE_")}
    given = {f"ADMITONE_{name}": text for name, text in settings.items()}
    return CliRunner().invoke(command, arguments, env=others | given, catch_exceptions=False)


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
