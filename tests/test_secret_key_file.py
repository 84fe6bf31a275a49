"""The generated secret key."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from admitone.secret_key_file import FILE_NAME, local_secret_keys
from admitone.setting import ConfigError
from admitone.store.redis.embedded_process import prepare_home
from admitone.store.redis.unusable import RedisUnusableError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_call_makes_a_key_and_later_ones_read_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    keys = local_secret_keys(data)
    assert [len(key) for key in keys.values()] == [32]
    assert local_secret_keys(data) == keys
    assert local_secret_keys(tmp_path / "other") != keys


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    local_secret_keys(data)
    assert stat.S_IMODE((data / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [file.name for file in data.iterdir()] == [FILE_NAME]


def test_callers_at_the_same_time_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(local_secret_keys, [tmp_path] * 64))
    assert all(others == keys[0] for others in keys)
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    local_secret_keys(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        local_secret_keys(tmp_path)


def test_a_damaged_key_is_not_replaced(tmp_path: Path) -> None:
    local_secret_keys(tmp_path)
    (tmp_path / FILE_NAME).write_text("1:short")
    with pytest.raises(ConfigError, match="holds no secret key"):
        local_secret_keys(tmp_path)
    assert (tmp_path / FILE_NAME).read_text() == "1:short"


def test_a_folder_that_cannot_be_made_is_told_by_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"ADMITONE_DATA_DIR .*/file/data cannot be used: "):
        local_secret_keys(tmp_path / "file" / "data")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told_by_its_setting(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ConfigError, match=r"ADMITONE_DATA_DIR .* cannot be used: "):
        local_secret_keys(tmp_path)
    with pytest.raises(RedisUnusableError, match=r"ADMITONE_DATA_DIR .* cannot be written by this user"):
        prepare_home(tmp_path)
