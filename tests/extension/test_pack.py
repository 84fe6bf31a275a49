"""The archives for the stores: the extension's files and nothing else, always the same bytes."""

from __future__ import annotations

import json
import re
import struct
import tomllib
import zipfile
from typing import TYPE_CHECKING, Any

from admitone.usecases.accounts.oauth_client import EXTENSION_KEY, GECKO_ID
from tests.support.extension.browser import ROOT
from tools.pack_extension import pack

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = json.loads((ROOT / "manifest.json").read_text())
GMAIL = "https://mail.google.com/*"


def test_the_manifest_asks_for_no_more_permissions_than_needed() -> None:
    assert MANIFEST["permissions"] == ["storage", "identity"]
    assert [script["matches"] for script in MANIFEST["content_scripts"]] == [[GMAIL]]
    assert [resource["matches"] for resource in MANIFEST["web_accessible_resources"]] == [[GMAIL]]
    assert MANIFEST.keys() <= {
        "manifest_version",
        "name",
        "version",
        "description",
        "key",
        "minimum_chrome_version",
        "permissions",
        "storage",
        "background",
        "icons",
        "action",
        "options_ui",
        "content_scripts",
        "web_accessible_resources",
        "commands",
    }  # no host permissions, no optional permissions, no externally_connectable


def test_its_id_is_the_one_that_the_server_knows() -> None:
    assert MANIFEST["key"] == EXTENSION_KEY


def test_its_version_is_the_servers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert MANIFEST["version"] == project["version"]


def test_no_name_at_the_top_level_begins_with_an_underscore() -> None:
    assert [path.name for path in ROOT.iterdir() if path.name.startswith("_")] == []


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    first, again = pack(tmp_path / "first"), pack(tmp_path / "again")
    assert [path.name for path in first] == ["admitone-chrome.zip", "admitone-firefox.zip"]
    for one, other in zip(first, again, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_all_needed_files_are_packed_and_no_others(tmp_path: Path) -> None:
    for path in pack(tmp_path):
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            texts = {name: archive.read(name).decode() for name in names if not name.endswith(".png")}
            icons = {name: archive.read(name) for name in names if name.endswith(".png")}
        top = {name.partition("/")[0] for name in names}
        assert top == {"manifest.json", "extension"}
        assert _named(json.loads(texts["manifest.json"])) <= names
        for name, text in texts.items():
            for found in re.findall(r"""(?:from |import\(|src=|href=)"(\.{1,2}/[^"]+|[\w/-]+\.\w+)""", text):
                assert str((ROOT / name).parent.joinpath(found).resolve().relative_to(ROOT)) in names, name
            assert "http://127" not in text, name
        for name, icon in icons.items():
            size = int(re.findall(r"(\d+)\.png$", name)[0])
            assert struct.unpack(">II", icon[16:24]) == (size, size)


def test_each_browser_gets_its_own_keys(tmp_path: Path) -> None:
    chrome, firefox = (_manifest(path) for path in pack(tmp_path))
    assert chrome == MANIFEST
    assert firefox["browser_specific_settings"]["gecko"]["id"] == GECKO_ID
    assert firefox["browser_specific_settings"]["gecko"]["data_collection_permissions"]["required"] == [
        "personallyIdentifyingInfo",
        "authenticationInfo",
    ]
    worker = MANIFEST["background"]["service_worker"]
    assert firefox["background"] == {"scripts": [worker], "type": "module"}
    own = {"background", "browser_specific_settings", "key", "minimum_chrome_version"}
    assert {name: value for name, value in firefox.items() if name not in own} == {
        name: value for name, value in MANIFEST.items() if name not in own
    }
    assert not {"key", "minimum_chrome_version"} & firefox.keys()


def _manifest(path: Path) -> Any:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def _named(manifest: Any) -> set[str]:
    """Every file that a manifest names."""
    found = set(re.findall(r'"(extension/[^"*]+)"', json.dumps(manifest)))
    assert len(found) > 6
    return found
