"""Only people press the extension: what a script of Gmail's page makes up does nothing.

The shadow roots are open here, so the script reaches every element; as shipped it reaches fewer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.extension.gmail import FRAMES

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kept_gmail")]


async def test_a_script_cannot_press_the_button(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.button().evaluate(PRESS)
    await window.page.evaluate(FRAMES)
    assert await window.panel.count() == 0
    url = await window.quick_insert()
    assert [link["url"] for link in (await admin.api.get("/links")).items] == [url]
    assert proxy.count("GET /api/v1/pages") == 1  # nothing before the person's press


async def test_a_script_cannot_use_the_panel(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    second = await admin.new_page(title="Second page", slug="second")
    await admin.sign_in(extension)
    window = await gmail("popped_out")
    panel = await window.open_panel()
    await panel.get_by_label("Personalise").check()
    await _press_everything(panel)
    assert (await admin.api.get("/links")).items == []
    assert proxy.count("GET /api/v1/pages/") == 0  # no times either

    await panel.get_by_role("option", name="Second page").click()
    await panel.get_by_role("button", name="Insert", exact=True).click()
    await window.link()
    [link] = (await admin.api.get("/links")).items
    assert (link["page"], link["person"]["email"]) == (second["id"], "emil@customer.test")


async def test_a_script_cannot_choose_times(extension: Extension, admin: Person, gmail: OpenGmail) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    panel = await window.open_panel()
    await panel.get_by_role("button", name="Insert times").click()
    await panel.get_by_role("combobox", name="Time zone of the recipient").wait_for()
    await expect(panel.locator("[aria-busy=true]")).to_have_count(0)
    await _press_everything(panel)
    assert (await admin.api.get("/links")).items == []


async def test_a_script_cannot_answer_for_a_person_when_something_failed(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    await admin.end_app(extension)
    window = await gmail("popup")
    await window.button().click()
    sign_in = window.panel.get_by_role("button", name="Sign in")
    await sign_in.evaluate(PRESS)
    await window.page.evaluate(FRAMES)
    await expect(sign_in).to_be_visible()
    assert proxy.count("GET /oauth/authorize") == 0
    async with window.page.context.expect_page():
        await sign_in.click()


async def test_a_command_of_the_page_that_types_makes_no_link(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    """`execCommand` types into the focused field even in a closed root; typing alone presses nothing."""
    await admin.sign_in(extension)
    window = await gmail("popup")
    panel = await window.open_panel()
    await panel.get_by_label("Link text").focus()
    for command in ("insertText", "insertLineBreak", "insertParagraph"):
        await window.page.evaluate(f"document.execCommand({json.dumps(command)}, false, 'typed\\n')")
    await window.page.evaluate(FRAMES)
    await expect(panel).to_be_visible()
    assert (await admin.api.get("/links")).items == []


async def _press_everything(panel: Locator) -> None:
    """Press every element of the panel by a script; nothing changes, and the panel stays open."""
    before = await panel.evaluate(STATE)
    assert await panel.evaluate(PRESS_ALL) > 20
    await panel.evaluate(FRAMES)
    assert await panel.evaluate(STATE) == before


PRESS = """(element) => {
  const at = { bubbles: true, cancelable: true, composed: true };
  for (const shiftKey of [true, false]) {
    for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
      const { left: clientX, top: clientY } = element.getBoundingClientRect();
      element.dispatchEvent(new PointerEvent(type, { ...at, shiftKey, clientX, clientY, detail: 1 }));
    }
    for (const key of ["Enter", " ", "ArrowDown", "Enter"]) {
      for (const type of ["keydown", "keypress", "keyup"]) {
        element.dispatchEvent(new KeyboardEvent(type, { ...at, key, shiftKey }));
      }
    }
  }
  for (const type of ["input", "change", "cancel", "close"]) element.dispatchEvent(new Event(type, at));
  element.click();
}"""
PRESS_ALL = f"""async (dialog) => {{
  const press = {PRESS};
  const elements = [dialog, ...dialog.querySelectorAll("*")];
  for (const element of elements) {{
    press(element);
    await Promise.resolve();
  }}
  return elements.length;
}}"""
STATE = """(dialog) => [
  dialog.isConnected && dialog.open,
  dialog.outerHTML,
  [...dialog.querySelectorAll("input, select")].map(({ value, checked }) => [value, checked]),
]"""
