"""Which folders the embedded server trusts. One server is enough for these."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from admitone.commands.doctor.redis import look_at_redis
from admitone.config import Config
from admitone.store.redis.embedded_process import LONGEST_FOLDER, prepare_home, private_folder
from admitone.store.redis.unusable import RedisUnusableError
from tests.support.server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's; pytest's own grow with the names of tests."""
    with TemporaryDirectory(prefix="ao-", dir="/tmp") as folder:
        yield Path(folder)


def test_a_private_folder_is_made_once_and_then_accepted(tmp_path: Path) -> None:
    folder = tmp_path / "sockets"
    assert private_folder(folder) == folder
    assert private_folder(folder) == folder
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    folder = Path("/usr")
    if os.geteuid() == 0:
        folder = tmp_path / "sockets"
        folder.mkdir(mode=0o700)
        os.chown(folder, 65534, 65534)
    with pytest.raises(RedisUnusableError, match="must be a folder of the user"):
        private_folder(folder)


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "sockets"
    folder.mkdir()
    folder.chmod(0o711)
    with pytest.raises(RedisUnusableError, match="mode 0700"):
        private_folder(folder)


def test_a_link_to_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "sockets").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RedisUnusableError):
        private_folder(tmp_path / "sockets")


def test_a_dangling_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sockets").symlink_to(tmp_path / "nowhere")
    with pytest.raises(RedisUnusableError):
        private_folder(tmp_path / "sockets")
    assert not (tmp_path / "nowhere").exists()


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sockets").touch(mode=0o700)
    with pytest.raises(RedisUnusableError):
        private_folder(tmp_path / "sockets")


def test_the_sockets_path_is_short_and_its_own_for_each_data_directory(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 8)
    path = prepare_home(deep).socket
    assert len(os.fsencode(path)) <= 107
    assert path != prepare_home(tmp_path / "other").socket
    (tmp_path / "link").symlink_to(deep)
    assert path == prepare_home(tmp_path / "link").socket


def test_sockets_are_in_a_private_folder_of_the_runtime_directory(short_path: Path) -> None:
    shared = short_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)  # as volumes of containers are
    path = prepare_home(short_path / "data", shared).socket
    assert path.parent == shared / f"admitone-{os.geteuid()}"
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.name == prepare_home(short_path / "data").socket.name


def test_a_missing_runtime_directory_is_made(short_path: Path) -> None:
    assert prepare_home(short_path / "data", short_path / "run" / "here").socket.parent.is_dir()


def test_a_runtime_directory_that_cannot_be_made_is_named(short_path: Path) -> None:
    (short_path / "file").touch()
    with pytest.raises(RedisUnusableError, match=r"ADMITONE_RUNTIME_DIR .*file/run cannot be used"):
        prepare_home(short_path / "data", short_path / "file" / "run")


def test_a_runtime_directory_may_be_as_long_as_a_socket_allows(short_path: Path) -> None:
    folder = f"/admitone-{os.geteuid()}"
    longest = short_path / ("r" * (LONGEST_FOLDER - len(os.fsencode(short_path)) - 1 - len(folder)))
    path = prepare_home(short_path / "data", longest).socket
    assert len(os.fsencode(path)) == 107
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
    with pytest.raises(RedisUnusableError, match="too long for a Unix socket"):
        prepare_home(short_path / "data", longest.with_name(f"{longest.name}r"))


def test_a_server_and_the_doctor_meet_in_the_runtime_directory(short_path: Path) -> None:
    server = ServerProcess(short_path, RUNTIME_DIR=str(short_path / "run"))
    server.start()
    try:
        settings = {"ADMITONE_DATA_DIR": server.settings["DATA_DIR"]}
        [elsewhere] = asyncio.run(look_at_redis(Config(settings)))
        settings["ADMITONE_RUNTIME_DIR"] = server.settings["RUNTIME_DIR"]
        [there] = asyncio.run(look_at_redis(Config(settings)))
    finally:
        server.stop()
    assert elsewhere.says.startswith("No Redis runs on")
    assert there.says.startswith("Version ")
