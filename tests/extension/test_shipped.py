"""The extension as it is shipped: its shadow roots are closed, and the page reads nothing in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.extension.browser import connected_extension, running_extension_browser
from tests.support.extension.gmail import FRAMES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.support.extension.browser import Extension, ExtensionBrowser
    from tests.support.extension.gmail import Gmail, OpenGmail
    from tests.support.extension.people import Person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def extension_browser() -> Iterator[ExtensionBrowser]:
    """A Chromium that loads the repository, in place of the copy with open shadow roots."""
    with running_extension_browser(as_shipped=True) as one:
        yield one


@pytest.fixture(scope="module")
async def connected(extension_browser: ExtensionBrowser) -> AsyncIterator[Extension]:
    """A connection to it."""
    async with connected_extension(extension_browser.address) as one:
        yield one


async def test_the_page_reads_nothing_in_the_panel(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    page = window.page
    await window.button().wait_for()
    await page.evaluate(LISTEN)
    await window.button().click()
    await page.evaluate(UNTIL_FOUND, "Meet Ada")  # the panel shows its form
    for _ in range(12):
        await page.keyboard.press("Tab")
    for place in range(20, 460, 40):
        await page.mouse.move(500, place)
    assert await page.evaluate("inside") == []
    assert await page.evaluate("heard.size") > 5  # it heard events of the panel
    assert await page.evaluate(READ) == {
        "roots": [None, None],
        "html": '<div data-admitone="panel" lang="en" dir="ltr"></div>',
        "text": "",
        "animations": 0,
        "selected": "",
        "extended": "",
        "all": "",
        "points": ["[object HTMLBodyElement]"] * 2,
    }
    await page.keyboard.press("Escape")
    assert await window.html() == "<div>Hello brave world</div>"


async def test_a_link_is_inserted_and_a_script_cannot_press(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.button().evaluate("button => button.click()")
    url = await window.quick_insert()
    assert [link["url"] for link in (await admin.api.get("/links")).items] == [url]
    assert await window.page.locator("[data-admitone=panel]").count() == 0
    await window.assert_untroubled()


UNTIL_FOUND = """(text) => new Promise((done) => {
  const look = () => (find(text) ? done() : requestAnimationFrame(look));
  look();
})"""


async def test_a_person_uses_the_panel(extension: Extension, admin: Person, gmail: OpenGmail) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.page.set_viewport_size({"width": 1000, "height": 1100})  # the whole panel is in view
    await window.button().click()
    await window.page.evaluate(UNTIL_FOUND, "Meet Ada")
    await window.page.evaluate(FRAMES)
    await window.page.mouse.click(*await _centre(window, "button", "Insert"))
    url = await window.link()
    assert [link["url"] for link in (await admin.api.get("/links")).items] == [url]
    await window.assert_untroubled()


async def _centre(window: Gmail, role: str, name: str) -> tuple[float, float]:
    """Where an element is, of which the browser tells those who read with assistive technology."""
    session = await window.page.context.new_cdp_session(window.page)
    tree = await session.send("Accessibility.getFullAXTree")
    [node] = [
        each["backendDOMNodeId"]
        for each in tree["nodes"]
        if (each.get("role", {}).get("value"), each.get("name", {}).get("value")) == (role, name)
    ]
    box = await session.send("DOM.getBoxModel", {"backendNodeId": node})
    left, top, _, _, right, bottom, *_ = box["model"]["border"]
    return (left + right) / 2, (top + bottom) / 2


LISTEN = """() => {
  window.inside = []; window.heard = new Set();
  const types = ["focusin", "focusout", "beforeinput"];
  for (const name in document.body) if (name.startsWith("on")) types.push(name.slice(2));
  for (const type of types) addEventListener(type, (event) => {
    const path = event.composedPath();
    if (path.some(({ dataset }) => dataset?.admitone === "panel")) heard.add(type);
    const isInside = (node) => node instanceof Node && node.getRootNode() instanceof ShadowRoot;
    if ([...path, event.target, event.relatedTarget].some(isInside)) inside.push(type);
  }, true);
}"""
"""Notes every event of the window that tells an element of a shadow root."""
READ = """() => {
  const panel = document.activeElement;
  const hosts = [document.querySelector("[data-admitone=button]"), panel];
  const roots = hosts.map((host) => host.shadowRoot);
  const html = panel.getHTML({ serializableShadowRoots: true }) || panel.outerHTML;
  const animations = document.getAnimations().length + panel.getAnimations({ subtree: true }).length;
  const range = document.caretRangeFromPoint(500, 60);
  const points = [document.caretPositionFromPoint(500, 60).offsetNode, range.startContainer].map(String);
  const text = () => String(getSelection());
  getSelection().removeAllRanges();
  find("Meet Ada", false, false, true);
  const selected = text();
  getSelection().modify("extend", "forward", "documentboundary");
  const extended = text();
  document.execCommand("selectAll");
  const all = text();
  return { roots, html, text: panel.innerText, animations, selected, extended, all, points };
}"""
"""What a script reads from outside; `extended` is the text from what `find` found to the end of the page."""
