"""The panel's appearance: accessibility checks by axe-core, and the pictures of the guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.pictures import IS_TAKING, MOST_BYTES, PICTURES

if TYPE_CHECKING:
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person

pytestmark = pytest.mark.browser

PANEL = "[data-admitone=panel]"
LANGUAGES = ["en", "de", "es", "fr", "pt", "ja"]


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_panel_is_accessible(
    extension: Extension, admin: Person, gmail: OpenGmail, theme: str
) -> None:
    await admin.new_page(title="Talk about your order", slug="your-order")
    await admin.sign_in(extension)
    window = await gmail("popup", is_dark=theme == "dark")
    await window.page.set_viewport_size({"width": 900, "height": 940})
    await window.button().click()
    await window.panel.get_by_role("combobox", name="Find a page").wait_for()
    await expect(window.page.locator(f"{PANEL} dialog")).to_have_attribute("data-theme", theme)
    await window.panel.get_by_label("Personalise").check()
    assert await violations(window.page, PANEL) == []
    await window.page.locator(".aoO").evaluate(
        "send => (send.textContent = 'Send')"
    )  # the guides are in English, the page is German
    picture = await window.page.screenshot(
        animations="disabled", caret="hide", clip={"x": 330, "y": 0, "width": 480, "height": 940}
    )
    assert len(picture) < MOST_BYTES
    if IS_TAKING:
        (PICTURES / f"panel-{theme}.png").write_bytes(picture)
    await window.panel.get_by_label("Name").fill("")
    await window.panel.get_by_role("button", name="Insert", exact=True).click()
    await window.panel.get_by_text("Enter a name and an email address.").wait_for()
    assert await violations(window.page, PANEL) == []
    await window.panel.get_by_label("Personalise").uncheck()
    await window.panel.get_by_role("button", name="Insert times").click()
    await window.panel.get_by_role("combobox", name="Time zone of the recipient").wait_for()
    await expect(window.panel.locator("[aria-busy=true]")).to_have_count(0)
    assert await violations(window.page, PANEL) == []


async def test_the_panel_fits_a_small_window_in_every_language(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    for language in LANGUAGES:
        window = await gmail("popup", languages=language)
        await window.page.set_viewport_size({"width": 300, "height": 480})
        button = window.page.locator("[data-admitone=button]")
        await expect(button).to_have_attribute("lang", language)
        await button.press("Enter")
        panel = window.page.locator(f"{PANEL}[lang={language}][dir=ltr] .ticket")
        await panel.get_by_role("listbox").wait_for()
        await panel.get_by_role("switch").nth(1).check()
        assert await panel.evaluate(OVERFLOWING) == [], language
        await window.page.close()


# What overflows, a panel outside the window, and buttons that scrolling does not bring into it.
OVERFLOWING = """(panel) => {
  panel.scrollTop = panel.scrollHeight;
  const isIn = (one, { left, right, top, bottom } = one.getBoundingClientRect()) =>
    left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  return [
    ...[...panel.querySelectorAll(":is(header, .content, .foot) *:not(input)")].filter(
      (one) => one.clientWidth && one.scrollWidth > one.clientWidth),
    ...[panel, ...panel.querySelectorAll("footer button")].filter((one) => !isIn(one)),
  ].map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`);
}"""
