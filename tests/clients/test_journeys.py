"""Each generated client makes the whole journey of a link against a real server."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.clients.generated import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

PYTHON = (sys.executable, "-W", "error")
TOLD = r"http://127\.0\.0\.1:8080/\.\w{20} cancelled\n"
"""What the guide's examples print: the address of the link, and the status of the booking."""


@pytest.fixture
async def admin(deployment: Deployment) -> Api:
    """An administrator, who has the page of the guide's examples."""
    admin = await deployment.user("administrator")
    await admin.new_page(await admin.new_event_type())
    return admin


async def test_the_python_client_makes_the_journey(clients: Path, admin: Api) -> None:
    assert await _told(admin, clients, *PYTHON, "journey.py") == ""


async def test_the_python_client_of_the_guide_works(clients: Path, admin: Api) -> None:
    assert re.fullmatch(TOLD, await _told(admin, clients, *PYTHON, "guide.py"))


async def test_the_typescript_client_makes_the_journey(clients: Path, admin: Api) -> None:
    assert await _told(admin, clients, "node", "journey.js") == ""


async def test_the_typescript_client_of_the_guide_works(clients: Path, admin: Api) -> None:
    assert re.fullmatch(TOLD, await _told(admin, clients, "node", "guide.js"))


async def _told(admin: Api, clients: Path, *command: str) -> str:
    """What a script prints, when run with the address of the server and the key of an administrator."""
    assert admin.key
    base, package = str(admin.server), str(clients / "admit-one-client")
    return await run(*command, cwd=clients, BASE=base, KEY=admin.key, PYTHONPATH=package)
