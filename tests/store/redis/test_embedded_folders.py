"""Which folders the embedded server trusts. One server is enough for these."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from admitone.store.redis.embedded_process import prepare_home, private_folder
from admitone.store.redis.unusable import RedisUnusableError


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
    socket = prepare_home(deep).socket
    assert len(os.fsencode(socket)) <= 107
    assert socket != prepare_home(tmp_path / "other").socket
    (tmp_path / "link").symlink_to(deep)
    assert socket == prepare_home(tmp_path / "link").socket
