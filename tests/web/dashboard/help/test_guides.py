"""The guides in the dashboard: each room leads to the one that explains it, and no link leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from admitone.web.dashboard.help.guides import EXPLAINED_BY, GUIDES, ROOM, help_at, read_guide
from admitone.web.dashboard.help.markdown import render
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window

ROOT = Path(__file__).parents[4]


def body_of(name: str) -> str:
    guide = read_guide(name)
    assert guide is not None
    return str(guide.document.body)


@pytest.mark.parametrize("name", GUIDES)
def test_every_link_of_a_guide_leads_somewhere(name: str) -> None:
    for target in re.findall(r'href="([^"]+)"', body_of(name)):
        page, _, part = target.partition("#")
        assert page.startswith((f"{ROOM}/", "https://")) or not page, target
        other = page.removeprefix(f"{ROOM}/") if page else name
        if part and not page.startswith("https://"):
            assert f'id="{part}"' in body_of(other), target


@pytest.mark.parametrize("room", sorted(EXPLAINED_BY))
def test_every_room_has_a_guide(room: str) -> None:
    name, _, part = EXPLAINED_BY[room].partition("#")
    assert name in GUIDES
    assert not part or f'id="{part}"' in body_of(name)


def test_a_room_below_another_has_its_guide() -> None:
    assert help_at("/dashboard/links/abc") == f"{ROOM}/links"
    assert help_at("/dashboard/settings/users/abc") == f"{ROOM}/users"
    assert help_at("/dashboard/settings/jobs") == f"{ROOM}/customising"
    assert help_at("/dashboard/nowhere") == f"{ROOM}/first-steps"


def test_the_guides_for_users_are_those_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text().partition("For users:")[2].partition("For self-hosters:")[0]
    assert set(re.findall(r"docs/([a-z-]+)\.md", text)) == set(GUIDES)


def test_a_document_is_rendered_and_html_in_it_stays_text() -> None:
    text = "# A title\n\n<b>x</b> [here](no.html) [kept](yes.html)\n\n## Logo & photo\n\n| a |\n|---|\n"
    document = render(text, {"yes.html": "/other"}.get)
    assert document.title == "A title"
    assert "&lt;b&gt;x&lt;/b&gt; here " in document.body
    assert '<a href="/other">kept</a>' in document.body
    assert 'id="logo--photo"' in document.body
    assert '<table tabindex="0">' in document.body


async def test_an_unknown_guide_does_not_exist(dashboard: DashboardServer, admin: Api) -> None:
    for name in ("nothing", "settings", "..%2Fsettings"):
        assert (await dashboard.get(admin, f"{ROOM}/{name}")).status == 404


@desktop_and_phone
async def test_help_leads_from_a_room_to_its_guide(
    dashboard: DashboardServer, member: Api, window: Window
) -> None:
    page = await dashboard.page(member, **window)
    await page.goto("/dashboard/reports")
    await page.get_by_role("link", name="Help", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Reports")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if window["java_script_enabled"]:
        assert await violations(page) == []
    await page.get_by_role("main").get_by_role("link", name="Help", exact=True).click()
    await expect(page.locator(".row-title")).to_have_count(len(GUIDES))
    await page.get_by_role("link", name="The API in ten minutes").click()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
