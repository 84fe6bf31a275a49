"""The files of a release: whole, of one version, and the same bytes whenever they are made."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import jsonschema_rs
import pytest
from cyclonedx import schema

from tools.release import ROOT, SUMS, release

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
AGAIN = "import pathlib, sys; from tools.release import release; release(pathlib.Path(sys.argv[1]))"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The files of a release by their names, without the version."""
    paths = release(tmp_path_factory.mktemp("release"))
    return {path.name.replace(f"-{VERSION}", ""): path for path in paths}


def tracked() -> list[str]:
    command = ["git", "ls-tree", "-r", "-z", "--name-only", "HEAD"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return names.rstrip("\0").split("\0")


def test_the_same_commit_gives_the_same_bytes(made: Mapping[str, Path], tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", AGAIN, tmp_path],
        cwd=ROOT,
        check=True,
        env=os.environ | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"},
        umask=0o077,
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in made.values()
    }


def test_a_release_has_these_files_and_their_checksums(made: Mapping[str, Path]) -> None:
    assert made.keys() == {
        "admitone-py3-none-any.whl",
        "admitone-chrome.zip",
        "admitone-firefox.zip",
        "admitone-image.tar",
        "admitone.cdx.json",
        SUMS,
    }
    summed = [path for name, path in made.items() if name != SUMS]
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in summed]
    assert sorted(made[SUMS].read_text().splitlines()) == sorted(sums)
    told = (ROOT / "docs/release.md").read_text()
    assert all(f"`{path.name.replace(VERSION, 'VERSION')}`" in told for path in made.values())


def test_the_wheel_has_the_files_of_the_package(made: Mapping[str, Path]) -> None:
    with zipfile.ZipFile(made["admitone-py3-none-any.whl"]) as wheel:
        packed = set(wheel.namelist())
    files = re.compile(r"server/(.*\.(?:py|lua|html|po|js|css))")
    files = re.compile(r"server/(.*\.(?:py|lua|html|po|js|css))")
    ours = {match[1] for name in tracked() if (match := files.fullmatch(name))}
    assert ours - packed == set()
    guides = {match[1] for name in tracked() if (match := re.fullmatch(r"docs/([^/]+\.md)", name))}
    assert {f"admitone/web/guides/{name}" for name in guides} <= packed


def test_the_image_is_built_from_what_its_file_copies(made: Mapping[str, Path]) -> None:
    with tarfile.open(made["admitone-image.tar"]) as context:
        entries = context.getmembers()
    alone = {"Dockerfile", ".dockerignore", "compose.yaml", "LICENSE", "README.md"}
    wanted = [
        name
        for name in tracked()
        if name in {"pyproject.toml", "requirements.lock"} | alone
        or name.startswith(("server/", "deploy/"))
        or (name.startswith("docs/") and name.count("/") == 1 and name.endswith(".md"))
    ]
    assert [entry.name for entry in entries] == sorted(wanted)
    assert {(entry.uid, entry.gid, entry.uname, entry.gname) for entry in entries} == {(0, 0, "", "")}
    assert len({entry.mtime for entry in entries}) == 1


def test_the_bill_of_materials_is_valid_and_lists_what_a_server_installs(made: Mapping[str, Path]) -> None:
    bill = json.loads(made["admitone.cdx.json"].read_text())
    schemas = Path(schema.__file__).parent / "_res"
    names = ("bom-1.6", "spdx", "jsf-0.82")
    read = {name: json.loads((schemas / f"{name}.SNAPSHOT.schema.json").read_text()) for name in names}
    base = read["bom-1.6"]["$id"]
    others = [(urljoin(base, f"{name}.SNAPSHOT.schema.json"), read[name]) for name in names[1:]]
    validator = jsonschema_rs.validator_for(read["bom-1.6"], registry=jsonschema_rs.Registry(others))
    assert [error.message for error in validator.iter_errors(bill)] == []
    assert bill["metadata"]["component"]["version"] == VERSION
    locked = set(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    assert {name for name, _ in locked - listed} == {"setuptools"}
    assert listed <= locked
    licences = {one["name"]: json.dumps(one.get("licenses")) for one in bill["components"]}
    assert "MIT" in licences["attrs"]
    [uvloop] = [one for one in bill["components"] if one["name"] == "uvloop"]
    assert [one["value"] for one in uvloop["properties"]] == ["sys_platform != 'win32'"]
