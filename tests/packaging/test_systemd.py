"""The unit files: by systemd itself where it is installed, and by what they promise."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from admitone.cli import COMMANDS
from tests.support.packaging.deploying import UNITS, unit

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "/opt/admitone/bin/admitone"
SHARED = ("User", "Environment", "EnvironmentFile", "KillMode", "StateDirectory", "WorkingDirectory")


@pytest.fixture(params=UNITS, ids=lambda path: path.name)
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    for path in UNITS:  # systemd looks whether the program is there
        (tmp_path / path.name).write_text(path.read_text().replace(PROGRAM, "/bin/true"))
    said = verified(tmp_path)
    assert said == ""
    (tmp_path / UNITS[0].name).write_text(UNITS[0].read_text().replace("PrivateTmp=", "PrivateTemp="))
    assert "PrivateTemp" in verified(tmp_path)


def verified(folder: Path) -> str:
    """What `systemd-analyze verify` says of the units in a folder."""
    files = sorted(folder.glob("*.service"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_it_runs_a_command_of_ours(file: Path) -> None:
    [start] = unit(file)["ExecStart"]
    words = start.split()
    assert words[words.index(PROGRAM) + 1] in COMMANDS


def test_both_find_the_same_data_and_the_same_socket(file: Path) -> None:
    first, this = unit(UNITS[0]), unit(file)
    assert {name: this[name] for name in SHARED} == {name: first[name] for name in SHARED}
    runtime = {name: text for name, text in this.items() if name.startswith("RuntimeDirectory")}
    assert runtime == {
        "RuntimeDirectory": ["admitone"],
        "RuntimeDirectoryMode": ["0700"],
        "RuntimeDirectoryPreserve": ["yes"],  # the end of one unit must not take the socket of the other
    }
    [environment] = this["Environment"]
    assert "ADMITONE_RUNTIME_DIR=/run/admitone" in environment.split()
    assert f"ADMITONE_DATA_DIR=/var/lib/{this['StateDirectory'][0]}" in environment.split()


def test_the_valkey_that_both_use_outlives_the_unit_that_started_it(file: Path) -> None:
    assert unit(file)["KillMode"] == ["process"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_it_can_do_little_besides(file: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", file], capture_output=True, text=True, check=True
    )
    level = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert level
    assert float(level[1]) < 2
