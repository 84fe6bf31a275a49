"""The files that run Admit One name settings that exist, and every setting can be set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.packaging.deploying import DEPLOY, FILES, compose, names_of_settings, of_kind, unit
from tests.support.packaging.settings_file import settings_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_a_file_names_no_setting_that_does_not_exist(file: Path) -> None:
    assert set(re.findall(r"ADMITONE_[A-Z_]*[A-Z]", file.read_text())) <= names_of_settings()


def test_the_file_of_settings_is_the_declared_ones() -> None:
    text = (DEPLOY / "settings.env").read_text()
    assert text == settings_file(), "python -m tests.support.packaging.settings_file"


def test_every_way_takes_any_setting_when_it_starts() -> None:
    for name in ("server", "worker"):
        assert compose()["services"][name]["env_file"] == "admitone.env"
    for deployment in of_kind("Deployment").values():
        [container] = deployment["spec"]["template"]["spec"]["containers"]
        assert container["envFrom"] == [
            {"configMapRef": {"name": "admitone"}},
            {"secretRef": {"name": "admitone"}},
        ]
    for path in DEPLOY.glob("systemd/*.service"):
        assert unit(path)["EnvironmentFile"] == ["/etc/admitone/settings.env"]
