"""The wheel is whole: what is installed from it makes the journey without the source."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.support.packaging.journey import said_by_demo, travel
from tests.support.packaging.wheel import build_wheel, install, source_files
from tests.support.patience import PATIENCE
from tests.support.ports import free_port

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


def test_it_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == source_files()


async def test_its_demo_makes_the_journey(wheel: Path, tmp_path: Path) -> None:
    admitone = install(wheel, tmp_path / "environment")
    here = tmp_path / "elsewhere"
    here.mkdir()
    environment = {"PATH": os.defpath, "HOME": str(here), "PYTHONDONTWRITEBYTECODE": "1"}
    asked = await asyncio.create_subprocess_exec(
        admitone.with_name("python"), "-c", "import admitone; print(*admitone.__path__)",
        env=environment, cwd=here, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert (await asked.communicate())[0].decode().startswith(str(tmp_path / "environment"))

    port = free_port()
    settings = {"ADMITONE_PORT": str(port), "ADMITONE_FAKEGOOGLE_PORT": str(free_port())}
    with (tmp_path / "demo.log").open("w") as log:
        demo = await asyncio.create_subprocess_exec(
            admitone, "demo", env=environment | settings, cwd=here, stdout=subprocess.PIPE, stderr=log
        )
    try:
        await travel(await said_by_demo(demo), f"http://127.0.0.1:{port}")
    finally:
        demo.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE):
            status = await demo.wait()
    assert status == 0, (tmp_path / "demo.log").read_text()
    assert (here / "data" / "appendonlydir").is_dir()
