"""How the panel looks: axe-core's judgement, and the pictures that the guides show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dashboard.accessibility import violations

if TYPE_CHECKING:
    from tests.extension.gmail import OpenGmail
    from tests.extension.loaded import Extension
    from tests.extension.people import Person

pytestmark = pytest.mark.browser

PANEL = "[data-admitone=panel]"


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_panel_can_be_read_by_everybody(
    extension: Extension, ada: Person, gmail: OpenGmail, theme: str
) -> None:
    await ada.new_page(title="Talk about your order", slug="your-order")
    await ada.sign_in(extension)
    window = await gmail("popup", is_dark=theme == "dark")
    await window.page.set_viewport_size({"width": 900, "height": 760})
    await window.button().click()
    await window.panel.get_by_role("combobox", name="Find a page").wait_for()
    assert await window.panel.get_attribute("data-theme") == theme
    await window.panel.get_by_label("Personalise").check()
    assert await violations(window.page, PANEL) == []
    await window.panel.get_by_label("Name").fill("")
    await window.panel.get_by_role("button", name="Insert", exact=True).click()
    await window.panel.get_by_role("alert").wait_for()
    assert await violations(window.page, PANEL) == []
    await window.panel.get_by_label("Personalise").uncheck()
    await window.panel.get_by_role("button", name="Insert times").click()
    await window.panel.get_by_label("Time zone of the recipient").wait_for()
    assert await violations(window.page, PANEL) == []
