"""The documents say what the code does: every setting is in them, and nothing that is none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from admitone.config import Config

if TYPE_CHECKING:
    from admitone.setting import Setting

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "docs" / "settings.md"
DECLARED = Config({}).declared()


def row(setting: Setting[Any]) -> str:
    names = " or ".join(f"`{name}`" for name in setting.names())
    return f"| {names} | {setting.default_doc or 'none'} | {setting.doc} |"


@pytest.mark.parametrize("setting", DECLARED, ids=lambda setting: setting.name)
def test_every_setting_is_documented_as_it_is_declared(setting: Setting[Any]) -> None:
    assert row(setting) in SETTINGS.read_text().splitlines()


def test_the_table_has_no_other_settings() -> None:
    rows = [line for line in SETTINGS.read_text().splitlines() if line.startswith("| `")]
    assert rows == [row(setting) for setting in DECLARED]


@pytest.mark.parametrize("document", [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))], ids=str)
def test_documents_name_no_setting_that_does_not_exist(document: Path) -> None:
    known = {name for setting in DECLARED for name in setting.names()}
    assert set(re.findall(r"ADMITONE_[A-Z_]*[A-Z]", document.read_text())) <= known
