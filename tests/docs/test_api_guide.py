"""The API guide does what it says: its commands are run, one after the other, against the demo."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tests.support.patience import PATIENCE
from tests.support.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"


def test_the_commands_of_the_guide_work_as_they_stand(tmp_path: Path) -> None:
    guide, _, _ = GUIDE.read_text().partition("\n## Clients\n")  # tests/clients has the rest
    commands = "\n".join(re.findall(r"^```sh\n(.*?)^```", guide, re.MULTILINE | re.DOTALL))
    with demo(tmp_path) as base:
        key = (tmp_path / "demo-api-key").read_text().strip()
        told = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            env={**os.environ, "BASE": base, "KEY": key},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
    link, manage, *rest, exported, erasure, is_built_in = told[-14:]
    assert link.startswith(f"{base}/.")
    assert manage.startswith(f"{base}/manage/")
    assert rest[:2] == ["/problems/link-booked", "false"]
    assert [line.split("\t")[:2] for line in rest[2:4]] == [["link", "done"], ["mail", "done"]]
    assert rest[4:] == ["published", "unpublished", "Carla Customer", "cancelled", "active"]
    assert exported == "0"
    assert erasure in {"running", "done"}
    assert is_built_in == "false"


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """The demo on free ports, with its data in `folder`; yields its address, and stops it in order."""
    port, base = free_port(), "http://127.0.0.1:"
    environment = {
        **os.environ,
        "ADMITONE_DATA_DIR": str(folder),
        "ADMITONE_PORT": str(port),
        "ADMITONE_FAKEGOOGLE_PORT": "0",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "admitone", "demo"], env=environment, stdout=log, stderr=log
        )
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(f"{base}{port}/readyz"):
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, "the demo does not answer"
            time.sleep(0.05)
        yield f"{base}{port}"
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def _answers(url: str) -> bool:
    try:
        with urlopen(url) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False
