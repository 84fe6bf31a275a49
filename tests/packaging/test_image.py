"""The Dockerfile's steps in a plain Debian, and the image that they make: `make soak`, as root."""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.packaging.journey import said_by_demo, travel
from tests.support.patience import PATIENCE
from tests.support.ports import free_port
from tests.support.server_process import SECRET_KEY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.packaging.image import Image

pytestmark = [
    pytest.mark.soak(only=True),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root makes trees of another system"),
    pytest.mark.skipif(shutil.which("debootstrap") is None, reason="debootstrap is not installed"),
]


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """An empty volume, as an engine makes it: with owner and mode of the image's folder."""
    folder = tmp_path / "volume"
    folder.mkdir(mode=0o700)
    os.chown(folder, 10001, 10001)
    return folder


async def test_the_demo_makes_the_journey_on_a_read_only_root(
    image: Image, volume: Path, tmp_path: Path
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {"PORT": str(port), "FAKEGOOGLE_PORT": str(free_port()), "PUBLIC_URL": address}
    async with image.running(volume, "demo", log=tmp_path / "log", **settings) as demo:
        await travel(await said_by_demo(demo), address)
        status, said = await image.run(volume, "sh", "-c", "id -u; touch /etc/written /tmp/written")
        assert status != 0
        assert said.startswith("10001\n")
        assert said.count("Read-only file system") == 2
    status, said = await image.run(volume, "admitone", "doctor", PORT=str(port))
    assert "No Redis runs on /data yet" in said


async def test_it_serves_in_production_and_a_worker_shares_its_volume(
    image: Image, volume: Path, tmp_path: Path
) -> None:
    settings = {
        "PORT": str(free_port()),
        "ENV": "production",
        "PUBLIC_URL": "https://book.test",
        "SECRET_KEY": SECRET_KEY,
        "WORKER": "off",
    }
    health_check = image.dockerfile.health_check
    status, _ = await image.run(volume, *health_check, PORT=settings["PORT"])
    assert status == 1
    async with image.running(volume, log=tmp_path / "server", **settings) as server:
        assert server.stdout
        async with asyncio.timeout(PATIENCE):
            assert b"Admit One listens on" in await server.stdout.readline()
        status, said = await image.run(volume, *health_check, PORT=settings["PORT"])
        assert status == 0, said
        async with image.running(volume, "worker", log=tmp_path / "worker", **settings) as worker:
            assert worker.stdout
            async with asyncio.timeout(PATIENCE):
                assert b"Admit One works" in await worker.stdout.readline()
    assert (volume / "appendonlydir").is_dir()
