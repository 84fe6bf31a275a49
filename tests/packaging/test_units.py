"""The units under a systemd that runs: with their restrictions, and with the Valkey that they share."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.support.packaging.booted import Machine, booted, can_boot, with_systemd
from tests.support.packaging.deploying import UNITS
from tests.support.packaging.journey import travel
from tests.support.patience import PATIENCE
from tests.support.ports import free_port
from tests.support.server_process import SECRET_KEY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.support.packaging.image import Image

pytestmark = [
    pytest.mark.soak(only=True),
    pytest.mark.skipif(shutil.which("debootstrap") is None, reason="debootstrap is not installed"),
]
SERVER, WORKER = "admitone.service", "admitone-worker.service"


@pytest.fixture(scope="module")
def tree(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    if not can_boot():
        pytest.skip("only root boots a systemd, where cgroups of version 2 can be mounted")
    made = with_systemd(image.tree, tmp_path_factory.mktemp("machine") / "tree")
    for unit in UNITS:
        shutil.copy(unit, made / "etc/systemd/system")
    (made / "etc/admitone").mkdir(mode=0o700)
    yield made
    shutil.rmtree(made)


@pytest.fixture
async def machine(tree: Path) -> AsyncIterator[Machine]:
    async with booted(tree) as running:
        yield running
    shutil.rmtree(tree / "var/lib/admitone")


def configure(machine: Machine, **settings: str) -> None:
    lines = [f"ADMITONE_{name}={text}\n" for name, text in settings.items()]
    (machine.tree / "etc/admitone/settings.env").write_text("".join(lines))


async def until_ready(port: str) -> None:
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)


async def test_the_valkey_that_units_share_always_ends_in_order(machine: Machine) -> None:
    port = str(free_port())
    configure(machine, PORT=port, ENV="production", PUBLIC_URL="https://book.test", SECRET_KEY=SECRET_KEY)
    await machine.systemctl("start", SERVER, WORKER)
    await until_ready(port)
    for action in (("restart", WORKER), ("restart", SERVER), ("stop", WORKER), ("start", WORKER)):
        assert await machine.systemctl(*action) == ""
        await until_ready(port)
    await machine.systemctl("kill", "--signal=KILL", "--kill-whom=main", SERVER)
    while await machine.systemctl("show", "--property=NRestarts", "--value", SERVER) != "1":  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    await until_ready(port)
    assert await machine.systemctl("is-active", SERVER, WORKER) == "active\nactive"
    assert await machine.systemctl("stop", SERVER, WORKER) == ""
    said = (machine.tree / "var/lib/admitone/redis.log").read_text()
    assert said.count("Ready to accept connections") == said.count("ready to exit, bye bye")


async def test_the_restrictions_let_the_journey_pass(machine: Machine) -> None:
    port, google = str(free_port()), str(free_port())
    configure(machine, PORT=port, FAKEGOOGLE_PORT=google)
    drop_in = machine.tree / "etc/systemd/system/admitone.service.d/demo.conf"
    drop_in.parent.mkdir()
    drop_in.write_text("[Service]\nExecStart=\nExecStart=/opt/admitone/bin/admitone demo\n")
    try:
        await machine.systemctl("daemon-reload")
        assert await machine.systemctl("start", SERVER) == ""
        await until_ready(port)
        address = f"http://127.0.0.1:{port}"
        await travel(
            f"Admit One listens on {address}, and its stand-in for Google on http://127.0.0.1:{google}\n",
            address,
        )
    finally:
        shutil.rmtree(drop_in.parent)
