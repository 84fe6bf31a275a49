"""The README's pictures: `make pictures` takes them, and every run of the tests shows that it still could."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.dashboard.pictures import (
    IS_TAKING,
    LOOKS,
    MOST_BYTES,
    PICTURES,
    SUBJECTS,
    put_example_links,
)

if TYPE_CHECKING:
    from tests.support.dashboard.server import DashboardServer

ROOT = Path(__file__).parents[3]
NAMES = {f"{subject.name}-{look}.png" for subject in SUBJECTS for look in LOOKS}
PANEL_NAMES = {"panel-light.png", "panel-dark.png"}  # tests/extension/test_gmail_look.py takes them
ADDON_NAMES = {"addon-light.png", "addon-dark.png"}  # tests/web/addon/test_phone.py takes them


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
async def test_every_picture_can_be_taken(dashboard: DashboardServer, look: str) -> None:
    hanna, path = await put_example_links(dashboard)
    for subject in SUBJECTS:
        page = await dashboard.page(
            hanna if subject.is_signed_in else None, timezone_id="Europe/Paris", **LOOKS[look]
        )
        await subject.pose(page, path)
        picture = await page.screenshot(animations="disabled", caret="hide")
        assert len(picture) < MOST_BYTES
        if IS_TAKING:
            (PICTURES / f"{subject.name}-{look}.png").write_bytes(picture)
        await page.context.close()


@pytest.mark.parametrize("document", [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))], ids=str)
def test_documents_show_only_pictures_that_there_are(document: Path) -> None:
    text = document.read_text()
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)|<img[^>]* src=\"([^\"]+)\"|srcset=\"([^\"]+)\"", text)
    for address in (one or other or third for one, other, third in shown):
        assert (document.parent / address).resolve().is_relative_to(PICTURES)
        assert (document.parent / address).is_file(), address


def test_the_pictures_are_those_that_are_taken_and_shown() -> None:
    assert {path.name for path in PICTURES.glob("*.png")} == NAMES | PANEL_NAMES | ADDON_NAMES
    readme = (ROOT / "README.md").read_text()
    assert {name for name in NAMES | ADDON_NAMES if name in readme} == NAMES | ADDON_NAMES
    guide = (ROOT / "docs" / "extension.md").read_text()
    assert {name for name in PANEL_NAMES if name in guide} == PANEL_NAMES
    assert all(path.stat().st_size < MOST_BYTES for path in PICTURES.iterdir())
