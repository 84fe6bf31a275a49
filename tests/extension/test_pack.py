"""The archives for the stores: the extension's files and nothing else, always the same bytes."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import tomllib
import zipfile
from typing import TYPE_CHECKING, Any

from admitone.usecases.accounts.oauth_client import EXTENSION_KEY, GECKO_ID
from tests.support.extension.browser import ROOT
from tools.pack_extension import pack

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = json.loads((ROOT / "manifest.json").read_text())
SHORTEST_NAME_LIMIT = 45  # Edge; Firefox 50, Chrome 75
DESCRIPTION_LIMIT = 132
LOCALES = ROOT / "_locales"
GMAIL = "https://mail.google.com/*"


def test_the_manifest_asks_for_no_more_permissions_than_needed() -> None:
    assert MANIFEST["permissions"] == ["storage", "identity"]
    assert [script["matches"] for script in MANIFEST["content_scripts"]] == [[GMAIL]]
    assert [resource["matches"] for resource in MANIFEST["web_accessible_resources"]] == [[GMAIL]]
    assert MANIFEST.keys() <= {
        "manifest_version",
        "name",
        "short_name",
        "default_locale",
        "storage",
        "version",
        "description",
        "key",
        "minimum_chrome_version",
        "permissions",
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
    names = {path.name for path in ROOT.iterdir() if path.name.startswith("_")}
    assert names == {"_locales"}  # the only one that Chromium accepts


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
        assert top == {"manifest.json", "extension", "_locales"}
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
    assert chrome == {name: value for name, value in MANIFEST.items() if name != "key"}
    assert firefox["browser_specific_settings"]["gecko"]["id"] == GECKO_ID
    assert firefox["browser_specific_settings"]["gecko"]["data_collection_permissions"]["required"] == [
        "personallyIdentifyingInfo",
        "authenticationInfo",
    ]
    assert firefox["browser_specific_settings"]["gecko_android"] == {"strict_min_version": "142.0"}
    worker = MANIFEST["background"]["service_worker"]
    assert firefox["background"] == {"scripts": [worker], "type": "module"}
    own = {"background", "browser_specific_settings", "key", "minimum_chrome_version", "storage"}
    assert {name: value for name, value in firefox.items() if name not in own} == {
        name: value for name, value in MANIFEST.items() if name not in own
    }
    assert not {"key", "minimum_chrome_version", "storage"} & firefox.keys()
    [schema] = {*_names(tmp_path / "admitone-chrome.zip")} - {*_names(tmp_path / "admitone-firefox.zip")}
    assert schema == MANIFEST["storage"]["managed_schema"]


def test_mozillas_linter_finds_nothing(tmp_path: Path) -> None:
    _, firefox = pack(tmp_path)
    linter = str(ROOT / "node_modules/addons-linter/bin/addons-linter")
    command = ["node", linter, "--output=json", str(firefox)]
    found = json.loads(subprocess.run(command, check=False, capture_output=True, text=True).stdout)
    assert [found[kind] for kind in ("errors", "warnings", "notices")] == [[], [], []]


def test_the_stores_texts_are_in_six_languages_and_short_enough() -> None:
    locales = {path.name: json.loads((path / "messages.json").read_text()) for path in LOCALES.iterdir()}
    assert locales.keys() == {"en", "de", "es", "fr", "ja", "pt_BR"}
    assert MANIFEST["default_locale"] == "en"
    named = set(re.findall(r"__MSG_(\w+)__", json.dumps(MANIFEST)))
    for language, messages in locales.items():
        texts = {key: one["message"] for key, one in messages.items()}
        assert texts.keys() == named, language
        assert len(texts["name"]) <= SHORTEST_NAME_LIMIT, language
        assert len(texts["description"]) <= DESCRIPTION_LIMIT, language
    for key in named:
        assert len({messages[key]["message"] for messages in locales.values()}) == len(locales), key


def _names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def _manifest(path: Path) -> Any:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def _named(manifest: Any) -> set[str]:
    """Every file that a manifest names."""
    found = set(re.findall(r'"(extension/[^"*]+)"', json.dumps(manifest)))
    assert len(found) > 6
    return found
