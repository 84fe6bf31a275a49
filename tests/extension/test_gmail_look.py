"""The panel's appearance: accessibility checks by axe-core, and the pictures of the guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.dashboard.accessibility import BY_LOOK, violations
from tests.support.dashboard.pictures import IS_TAKING, MOST_BYTES, PICTURES

if TYPE_CHECKING:
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kept_gmail")]

PANEL = "[data-admitone=panel]"
LANGUAGES = {
    "nl,eo": ("en", "Insert one-time link"),
    "de-AT,en": ("de", "Einmal-Link einfügen"),
    "es": ("es", "Insertar enlace de un solo uso"),
    "fr-CA": ("fr", "Insérer un lien à usage unique"),
    "pt-BR": ("pt", "Inserir link de uso único"),
    "ja": ("ja", "ワンタイムリンクを挿入"),
}
"""By what the browser prefers: the extension's language, and the name of its button."""


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_panel_is_accessible(
    extension: Extension, admin: Person, gmail: OpenGmail, theme: str
) -> None:
    only = BY_LOOK if theme == "dark" else ()
    await admin.new_page(title="Talk about your order", slug="your-order")
    await admin.sign_in(extension)
    window = await gmail("popup", is_dark=theme == "dark", size=(900, 940))
    await window.button().click()
    await window.panel.get_by_role("combobox", name="Find a page").wait_for()
    await expect(window.page.locator(f"{PANEL} dialog")).to_have_attribute("data-theme", theme)
    await window.panel.get_by_label("Personalise").check()
    assert await violations(window.page, PANEL, only) == []
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
    assert await violations(window.page, PANEL, only) == []
    await window.panel.get_by_label("Personalise").uncheck()
    await window.panel.get_by_role("button", name="Insert times").click()
    await window.panel.get_by_role("combobox", name="Time zone of the recipient").wait_for()
    await expect(window.panel.locator("[aria-busy=true]")).to_have_count(0)
    assert await violations(window.page, PANEL, only) == []


async def test_button_and_panel_are_in_the_browser_s_language_and_fit_a_small_window(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    for preferred, (language, name) in LANGUAGES.items():
        window = await gmail("popup", languages=preferred, size=(300, 480))
        button = window.page.get_by_role("button", name=name, exact=True)
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
