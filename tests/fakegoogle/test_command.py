"""`admitone fakegoogle`: on loopback, until told to stop, never in production."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM = "from admitone.commands.fakegoogle import fakegoogle_command; fakegoogle_command()"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("ADMITONE_")},
        "ADMITONE_DATA_DIR": str(tmp_path),
        "ADMITONE_FAKEGOOGLE_PORT": "0",
    }


@pytest.fixture
def program(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


async def test_it_serves_until_it_is_told_to_stop(program: subprocess.Popen[str], tmp_path: Path) -> None:
    assert program.stdout is not None
    said = [program.stdout.readline().strip() for _ in range(4)]
    address = said[0].rsplit(" ", 1)[1]
    assert address.startswith("http://127.0.0.1:")
    assert said[1] == f"ADMITONE_GOOGLE_ENDPOINT={address}"
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        assert answer.status == 200
    program.send_signal(signal.SIGTERM)
    assert program.wait() == 0
    assert (tmp_path / "fakegoogle.json").exists()


def test_it_is_refused_in_production(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**environment, "ADMITONE_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "refused" in done.stderr
