"""Quick insert in each kind of compose: where the link is inserted, undo, and failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import Gmail, OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kept_gmail")]

FORMATTED = ["popup", "reply", "fullscreen", "popped_out", "unclassed"]
WORDS = {"reply": "morning"}


async def test_a_link_is_inserted_at_the_caret_in_each_kind_of_compose_and_undone(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    for kind in FORMATTED:
        window = await gmail(kind)
        word = WORDS.get(kind, "brave")
        before = await window.html()
        await window.select(word, after=True)
        url = await window.quick_insert()
        assert url.startswith("https://book.acme.test/."), kind
        anchor = f'{word} <a href="{url}">Meet Ada</a>'
        assert anchor in await window.markup(), kind
        await window.page.keyboard.type(" Bye")
        assert f"{anchor} Bye" in await window.markup(), kind
        await _undo_until(window, before)
        await window.assert_untroubled()


async def test_a_plain_message_gets_the_bare_address(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("plain")
    await window.select("brave", after=True)
    await window.button().click(modifiers=["Shift"])
    await window.body().filter(has_text="https:").wait_for()
    [link] = (await admin.api.get("/links")).items
    assert await window.text() == f"Hello brave {link['url']} world"
    await window.page.keyboard.press("Control+z")
    assert await window.html() == "Hello brave world"
    await window.assert_untroubled()


async def test_a_selection_is_replaced_and_undo_restores_it(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup+reply")
    before = [await window.html(0), await window.html(1)]
    await window.select("brave")
    url = await window.quick_insert()
    assert await window.markup() == f'<div>Hello <a href="{url}">Meet Ada</a> world</div>'
    await _undo_until(window, before[0])

    await window.select("Thursday", place=1)
    url = await window.quick_insert(1)
    assert f'<div>Is <a href="{url}">Meet Ada</a> fine?</div></blockquote>' in await window.markup(1)
    assert await window.html(0) == before[0]
    await window.page.keyboard.press("Control+z")
    assert await window.html(1) == before[1]
    await window.assert_untroubled()


async def test_each_compose_has_one_button_which_serves_that_compose(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup+reply+popup")
    named = window.page.get_by_label("Insert one-time link")
    await window.button(2).wait_for()
    await expect(named).to_have_count(3)
    await window.select("brave", place=2, after=True)
    await window.select("morning", place=1, after=True)  # the caret is not in the compose of the button
    await window.button(2).click(modifiers=["Shift"])
    url = await window.link(2)
    assert f'brave <a href="{url}">' in await window.markup(2)
    assert "<a" not in await window.html(0) + await window.html(1)

    # Gmail rebuilds a toolbar, a whole compose, and adds one.
    await window.page.evaluate(REBUILD)
    await window.button(3).wait_for()
    await expect(named).to_have_count(4)
    composes = window.page.locator(".M9")
    assert [await composes.nth(place).locator(named).count() for place in range(4)] == [1, 1, 1, 1]
    await window.assert_untroubled()


async def test_without_a_caret_the_link_is_inserted_at_the_start(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("reply")
    url = await window.quick_insert()
    assert (await window.html()).startswith(f'<div><a href="{url}">Meet Ada</a>&nbsp;Good morning,</div>')


async def test_gmail_s_styles_are_not_inserted_into_the_message(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", is_dark=True)
    await window.body().evaluate("body => (body.firstElementChild.style.color = 'red')")
    before = await window.html()
    await window.select("world", after=True)
    url = await window.quick_insert()
    await window.page.keyboard.type("Bye")
    html = (await window.markup()).replace("<span>", "").replace("</span>", "")
    assert f'world <a href="{url}">Meet Ada</a> Bye' in html
    assert html.count("style=") == 1, html
    await _undo_until(window, before)


async def test_the_keyboard_command_inserts_into_the_compose_in_use(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup+reply")
    await window.button(1).wait_for()
    own = extension.own_page
    await window.page.bring_to_front()
    await window.select("morning", place=1, after=True)
    assert await own.evaluate(COMMAND) == "Alt+Shift+L"
    url = await window.link(1)
    assert f'morning <a href="{url}">Meet Ada</a>,' in await window.markup(1)
    assert "<a" not in await window.html(0)


async def test_while_a_panel_is_open_or_a_link_is_on_its_way_the_keyboard_command_does_nothing(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    own = extension.own_page
    await window.page.bring_to_front()
    panel = await window.open_panel()
    await own.evaluate(COMMAND)
    await window.page.keyboard.press("Escape")
    await panel.wait_for(state="hidden")

    held = proxy.hold("POST /api/v1/links")
    await window.button().click(modifiers=["Shift"])
    await held.reached.wait()
    await own.evaluate(COMMAND)
    held.release.set()
    await window.link()
    await expect(window.button()).to_have_attribute("aria-busy", "false")
    assert len((await admin.api.get("/links")).items) == 1
    await expect(panel).to_have_count(0)


async def test_a_link_that_cannot_be_inserted_is_copied(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    await extension.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window = await gmail("popup", is_own=True)
    await window.button().wait_for()
    await window.body().evaluate("body => (body.contentEditable = 'false')")
    await window.button().click(modifiers=["Shift"])
    await window.panel.get_by_text("It could not be inserted here. It is on your clipboard.").wait_for()
    [link] = (await admin.api.get("/links")).items
    await expect(window.panel.get_by_label("Link", exact=True)).to_have_value(link["url"])
    assert await window.page.evaluate("navigator.clipboard.readText()") == link["url"]
    await window.page.keyboard.press("Escape")

    await window.page.evaluate(KEEP_CLIPBOARD)
    session = await extension.browser.new_browser_cdp_session()
    await session.send(
        "Browser.setPermission", {"permission": {"name": "clipboard-write"}, "setting": "denied"}
    )
    await window.button().click(modifiers=["Shift"])
    await window.panel.get_by_text("It could not be inserted or copied here.").wait_for()
    other, _ = (await admin.api.get("/links")).items
    await expect(window.panel.get_by_label("Link", exact=True)).to_have_value(other["url"])
    await window.assert_untroubled()


async def test_a_link_whose_compose_was_closed_is_revoked(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    held = proxy.hold("POST /api/v1/links")
    await window.button().click(modifiers=["Shift"])
    await held.reached.wait()
    await window.page.evaluate("document.querySelector('.Hd').remove()")
    held.release.set()
    await window.panel.get_by_text("The message was closed, so the link was revoked.").wait_for()
    [link] = (await admin.api.get("/links")).items
    assert link["status"] == "revoked"
    await window.assert_untroubled()


async def test_a_link_whose_window_was_closed_is_revoked(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popped_out")
    held = proxy.hold("POST /api/v1/links")
    await window.button().click(modifiers=["Shift"])
    await held.reached.wait()
    await window.page.close()
    held.release.set()
    assert len(await admin.all_revoked()) == 1


@pytest.mark.parametrize("rebuilt", ["[contenteditable]", ".Hd"])
async def test_a_compose_that_gmail_rebuilds_meanwhile_gets_the_link(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy, rebuilt: str
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.select("brave", after=True)
    held = proxy.hold("POST /api/v1/links")
    await window.button().click(modifiers=["Shift"])
    await held.reached.wait()
    await window.page.locator(rebuilt).evaluate("one => one.replaceWith(one.cloneNode(true))")
    held.release.set()
    url = await window.link()
    assert (await window.markup()).startswith(f'<div><a href="{url}">Meet Ada</a>')
    assert (await window.text()).split() == ["Meet", "Ada", "Hello", "brave", "world"]


async def _undo_until(window: Gmail, before: str) -> None:
    """Undo step by step: first the typed text, then the link, and nothing else."""
    for _ in range(5):
        await window.page.keyboard.press("Control+z")
        if await window.html() == before:
            return
    raise AssertionError(f"{await window.html()} is not {before}")


KEEP_CLIPBOARD = "addEventListener('copy', (event) => event.stopImmediatePropagation(), true)"
REBUILD = """() => {
  const roots = [...document.querySelectorAll(".M9")];
  const copy = roots[0].closest(".Hd").cloneNode(true);
  for (const ours of copy.querySelectorAll("[data-admitone=cell]")) ours.remove();
  const row = roots[0].querySelector("tr");
  row.replaceWith(...[...copy.querySelectorAll("tr")].map((one) => one.cloneNode(true)));
  roots[1].replaceWith(roots[1].cloneNode(true));
  document.body.append(copy);
}"""
COMMAND = """async () => {
  const { onCommand } = await import("/extension/background/keyboard_command.js");
  const [{ name, shortcut }] = (await chrome.commands.getAll()).filter(({ name }) => !name.startsWith("_"));
  const [tab] = await chrome.tabs.query({ active: true });
  await onCommand(name, { ...tab, id: chrome.tabs.TAB_ID_NONE });
  await onCommand(name, tab);
  return shortcut;
}"""
"""Calls the listener as Chromium does for the keys, which need a window; first for a tab without Gmail."""
