"""The pictures of the stores: the extension as it is, in the sizes that the stores ask for.

`make pictures` writes them to `docs/pictures/store`.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.dashboard.pictures import CUSTOMERS, IS_TAKING, MOST_BYTES, PICTURES

if TYPE_CHECKING:
    from playwright.async_api import Page, ViewportSize

    from tests.support.api.deployment import Clock
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person

pytestmark = pytest.mark.browser
STORE = PICTURES / "store"
SCREEN: ViewportSize = {"width": 1280, "height": 800}
TILE: ViewportSize = {"width": 440, "height": 280}
TILE_PAGE = Path(__file__).parent / "store_tile.html"
IN_THE_MIDDLE = "body { background: #eef1f6; } .Hd { right: 390px; background: white; }"
AS_A_POPUP = """
  html { background: var(--paper); }
  body { margin: 64px auto 0; border-radius: 14px; box-shadow: var(--shadow-low), var(--shadow-high); }
"""


async def test_the_panel_in_a_message(extension: Extension, admin: Person, gmail: OpenGmail) -> None:
    await admin.new_page(title="Talk about your order", slug="your-order")
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.page.set_viewport_size(SCREEN)
    await window.page.add_style_tag(content=IN_THE_MIDDLE)
    await window.page.locator(".aoO").evaluate("send => (send.textContent = 'Send')")
    await window.button().click()
    await window.panel.get_by_role("combobox", name="Find a page").wait_for()
    await window.panel.get_by_label("Personalise").check()
    await _take(window.page, "panel", SCREEN)


async def test_the_popup_with_links_in_all_states(extension: Extension, admin: Person, clock: Clock) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    api = admin.api
    customer = type(api)(api.http, api.server)
    links = []
    for name, email in CUSTOMERS:
        links.append(await api.new_link(page, person={"name": name, "email": email}))
        clock.forward(minutes=1)  # the list has the newest link first
    assert (await customer.book(links[-1]["code"], "2026-11-19T09:00:00Z")).status == 201
    assert (await customer.post(f"/book/{links[-2]['code']}/opened", {})).status == 204
    await admin.sign_in(extension)
    popup = await extension.open("popup/popup.html")
    await popup.set_viewport_size(SCREEN)
    await popup.add_style_tag(content=AS_A_POPUP)
    await expect(popup.get_by_role("listitem")).to_have_count(len(CUSTOMERS))
    await _take(popup, "popup", SCREEN)


async def test_the_options(extension: Extension, admin: Person) -> None:
    await admin.sign_in(extension)
    options = await extension.open("options/options.html")
    await options.set_viewport_size(SCREEN)
    await expect(options.get_by_label("Default page").locator("option")).to_have_count(2)
    await _take(options, "options", SCREEN)


async def test_the_tile(extension: Extension) -> None:
    page = await extension.context.new_page()
    await page.set_viewport_size(TILE)
    await page.goto(TILE_PAGE.as_uri())
    await _take(page, "tile", TILE)


def test_the_guide_lists_these_pictures() -> None:
    guide = (PICTURES.parent / "stores.md").read_text()
    assert {path.name for path in STORE.iterdir()} == set(re.findall(r"docs/pictures/store/([\w.]+)", guide))


async def _take(page: Page, name: str, size: ViewportSize) -> None:
    await page.emulate_media(color_scheme="light")
    picture = await page.screenshot(animations="disabled", caret="hide")
    assert struct.unpack(">II", picture[16:24]) == (size["width"], size["height"])
    assert len(picture) < MOST_BYTES
    if IS_TAKING:
        (STORE / f"{name}.png").write_bytes(picture)
