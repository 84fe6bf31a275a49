"""Watching Gmail's page: its cost, pages without composes, and the selectors for Gmail's markup."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.extension.test_gmail_composes import WALKS
from tests.support.extension.browser import ROOT
from tests.support.extension.content_world import ContentWorld
from tests.support.extension.gmail import COMPOSES, KINDS
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail

pytestmark = pytest.mark.browser


async def test_a_page_without_a_known_compose_is_unchanged(extension: Extension, gmail: OpenGmail) -> None:
    window = await gmail("unknown")
    world = await ContentWorld.of(window)
    assert await world.run("document.querySelectorAll('[data-admitone]').length") == 0
    await window.body().press_sequentially("Dear ")
    assert await window.text() == "Dear Hello brave world"
    await window.assert_untroubled()


async def test_a_signature_editor_gets_no_button(extension: Extension, gmail: OpenGmail) -> None:
    window = await gmail("unclassed")
    await window.button().wait_for()
    await expect(window.button()).to_have_count(1)
    await expect(window.page.locator(".x4-d").get_by_role("button")).to_have_count(2)


async def test_the_page_is_searched_at_most_ten_times_a_second(
    extension: Extension, gmail: OpenGmail
) -> None:
    window = await gmail("popup")
    await window.button().wait_for()
    world = await ContentWorld.of(window)
    await world.settle()
    await world.run(COUNT)
    took = await window.page.evaluate(CHANGE_IN_EACH_FRAME, 60)
    assert 1 <= await world.run("searches") <= took / 100 + 1
    await window.assert_untroubled()


async def test_typing_costs_nothing(extension: Extension, gmail: OpenGmail) -> None:
    window = await gmail("popup")
    await window.button().wait_for()
    world = await ContentWorld.of(window)
    await window.select("brave", after=True)
    await world.settle()
    await world.run(COUNT)
    for _ in range(3):
        await window.page.keyboard.type(" and one more line")
        await window.page.keyboard.press("Enter")
    await window.page.keyboard.press("Shift+ArrowLeft")
    assert await world.run("[searches, looks, ranges, selections, timers.started]") == [0, 0, 0, 0, 0]
    assert (await window.text()).count("one more line\n") == 3
    await window.assert_untroubled()


async def test_an_element_that_becomes_a_body_later_is_found(extension: Extension, gmail: OpenGmail) -> None:
    window = await gmail("popup")
    await window.button().wait_for()
    await window.page.evaluate(BUILD_WITHOUT_BODY)
    await (await ContentWorld.of(window)).settle()
    await expect(window.button()).to_have_count(1)
    await window.page.evaluate("document.querySelector('.slow').contentEditable = 'true'")
    await window.button(1).wait_for()
    await window.assert_untroubled()


async def test_a_closed_compose_is_garbage_collected(extension: Extension, gmail: OpenGmail) -> None:
    window = await gmail("popup")
    await window.button().wait_for()
    world = await ContentWorld.of(window)
    await world.run("gone = new WeakRef(document.querySelector('.M9')); 0")
    await window.page.evaluate("document.querySelector('.Hd').remove()")
    async with asyncio.timeout(PATIENCE):
        while not await world.run("gone.deref() === undefined"):
            await world.session.send("HeapProfiler.collectGarbage")


async def test_each_selector_finds_an_element_in_a_file(extension: Extension) -> None:
    page = extension.own_page
    pages = {kind: (COMPOSES / f"{kind}.html").read_text() for kind in KINDS}
    found: dict[str, list[str]] = await page.evaluate(SELECTORS, pages)
    assert len(found) > 20
    assert [selector for selector, files in found.items() if not files] == []


def test_the_table_of_what_is_checked_has_each_file() -> None:
    guide = (ROOT / "docs" / "extension.md").read_text()
    table = guide.partition("| File | Compose |")[2].partition("\n\n")[0]
    rows = [re.findall("`([a-z_0-9]+)`", row.split("|")[1]) for row in table.splitlines()[2:]]
    assert sorted(kind for row in rows for kind in row) == KINDS
    walked = [
        kind
        for row, line in zip(rows, table.splitlines()[2:], strict=True)
        for kind in row
        if "| yes |" in line
    ]
    assert sorted(walked) == sorted(WALKS)


# Counts the searches of the page, the looks at single elements, and questions about ranges and selections.
COUNT = """
  searches = looks = ranges = selections = 0;
  timers.started = 0;
  const count = (prototype, name, note) => {
    const real = prototype[name];
    prototype[name] = function (...given) { note(); return real.apply(this, given); };
  };
  for (const name of ["querySelector", "querySelectorAll"]) {
    count(Document.prototype, name, () => searches++);
    count(Element.prototype, name, () => looks++);
  }
  for (const name of ["matches", "closest"]) count(Element.prototype, name, () => looks++);
  for (const [{ prototype }, name] of [[Selection, "getRangeAt"], [Document, "createRange"]])
    count(prototype, name, () => ranges++);
  count(Document.prototype, "getSelection", () => selections++);
  0
"""
BUILD_WITHOUT_BODY = """() => {
  const compose = document.querySelector(".Hd").cloneNode(true);
  compose.querySelector("[data-admitone=cell]").remove();
  const body = compose.querySelector("[g_editable]");
  body.classList.add("slow");
  for (const name of ["g_editable", "contenteditable"]) body.removeAttribute(name);
  document.body.append(compose);
}"""
# The milliseconds that so many frames took. In each, a textbox is new in a compose.
CHANGE_IN_EACH_FRAME = """async (frames) => {
  const before = performance.now();
  for (let frame = 0; frame < frames; frame++) {
    const box = document.createElement("div");
    Object.assign(box, { role: "textbox", contentEditable: "true", textContent: frame });
    document.querySelector("form").append(box);
    if (frame % 2) box.remove();
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - before;
}"""
SELECTORS = """async (pages) => {
  const { SELECTORS } = await import("/extension/gmail/selectors.js");
  const documents = Object.entries(pages).map(([kind, text]) =>
    [kind, new DOMParser().parseFromString(text, "text/html")]);
  return Object.fromEntries(Object.values(SELECTORS).flat().map((selector) =>
    [selector, documents.filter(([, page]) => page.querySelector(selector)).map(([kind]) => kind)]));
}"""
