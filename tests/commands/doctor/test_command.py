"""`admitone doctor` as a process of its own: what it prints, and its exit status."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.support.api.deployment import Clock, deployed
from tests.support.commands.command_line import run
from tests.support.ports import free_port

if TYPE_CHECKING:
    from pathlib import Path


def test_it_works_with_nothing_configured(tmp_path: Path) -> None:
    data = tmp_path / "data"
    told = run("doctor", PORT=str(free_port()), DATA_DIR=str(data))
    assert (told.returncode, told.stderr) == (1, "")  # nobody listens
    about = [line.split(":")[0] for line in told.stdout.splitlines() if not line.startswith(" ")]
    assert about == [
        "OK       Settings",
        about[1],  # the machine decides
        "OK       Redis",
        "warning  Google",
        "OK       Clock",
        "warning  Mail server",
        "OK       TLS",
        "wrong    Public address",
        about[-1],
    ]
    assert about[-1].endswith(" warnings, 1 wrong.")
    assert not data.exists()


async def test_wrong_settings_do_not_end_it(redis_url: str, tmp_path: Path) -> None:
    async with deployed(redis_url, Clock()) as server:
        told = await asyncio.to_thread(
            run,
            *("doctor", server.url),
            REDIS_REPLICAS="many",
            REDIS_URL=redis_url,
            MAIL_FROM="nobody",
            DATA_DIR=str(tmp_path),
        )
    assert told.returncode == 1
    assert "wrong    Settings: ADMITONE_REDIS_REPLICAS must be" in told.stdout
    assert "warning  Redis: Not looked at" in told.stdout
    assert "OK       Public address: The server answers" in told.stdout


def test_an_address_that_is_none_is_a_mistake() -> None:
    told = run("doctor", "book.example")
    assert told.returncode == 2
    assert "https://HOST" in told.stderr
