"""Parts that are loaded when they are first used: a press meanwhile, and files that an update has removed."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.dashboard.accessibility import violations
from tests.support.extension.browser import connected_extension, running_extension_browser
from tests.support.extension.content_world import ContentWorld
from tests.support.extension.gmail import open_gmail, serving_gmail
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.extension.browser import Extension, ExtensionBrowser
    from tests.support.extension.gmail import Gmail, OpenGmail
    from tests.support.extension.people import Person

pytestmark = pytest.mark.browser

PANEL = "extension/gmail/panel/panel.js"
QUICK_INSERT = "extension/gmail/quick_insert.js"
ACTIONS = "extension/gmail/panel/actions.js"
UPDATED = "The extension was updated. Reload Gmail to continue."


@pytest.mark.parametrize("how", ["keyboard", "mouse"])
async def test_presses_while_the_panel_is_loaded_open_it_once(
    extension_browser: ExtensionBrowser, extension: Extension, admin: Person, gmail: OpenGmail, how: str
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    world = await ContentWorld.of(window)
    with replaced(extension_browser.folder / PANEL, HOLD + "{}"):
        await press(window, how)
        await expect(window.button()).to_have_attribute("aria-busy", "true")
        async with asyncio.timeout(PATIENCE):
            while not await world.run("Boolean(globalThis.release)"):
                await press(window, how)
        await expect(window.panel).to_have_count(0)
        await world.run("release()")
        await window.panel.get_by_role("combobox", name="Find a page").wait_for()
    await expect(window.page.locator("[data-admitone=panel]")).to_have_count(1)
    await expect(window.button()).to_have_attribute("aria-busy", "false")
    await window.page.keyboard.press("Escape")
    await expect(window.panel).to_have_count(0)
    await window.assert_untroubled()


@pytest.mark.parametrize("shift", [False, True])
async def test_a_part_that_is_gone_says_that_gmail_must_be_reloaded(
    extension_browser: ExtensionBrowser,
    extension: Extension,
    admin: Person,
    gmail: OpenGmail,
    shift: bool,
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.select("brave", after=True)
    folder = extension_browser.folder
    with replaced(folder / PANEL, None), replaced(folder / QUICK_INSERT, None):
        await window.button().click(modifiers=["Shift"] if shift else [])
        notice = window.page.get_by_role("alertdialog", name=UPDATED)
        await expect(notice).to_have_text(f"{UPDATED}Close")
        await expect(notice.get_by_role("button", name="Close")).to_be_focused()
        assert await violations(window.page, "[data-admitone=notice]") == []
        await window.page.keyboard.press("e")
        await window.page.keyboard.press("Enter")
    await expect(notice).to_have_count(0)
    await window.page.keyboard.type("!")
    assert await window.text() == "Hello brave! world"
    await window.open_panel()  # loading was tried again
    await window.assert_untroubled()


async def test_no_link_is_made_if_what_inserts_it_is_gone(
    extension_browser: ExtensionBrowser, extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    panel = await window.open_panel()
    with replaced(extension_browser.folder / ACTIONS, None):
        await panel.get_by_role("button", name="Insert", exact=True).click()
        await panel.get_by_text(UPDATED).wait_for()
    assert (await admin.api.get("/links")).items == []
    await panel.get_by_role("button", name="Try again").click()
    await window.link()
    await window.assert_untroubled()


async def test_after_an_update_the_buttons_that_are_left_say_so(certificate: tuple[Path, Path]) -> None:
    with running_extension_browser() as browser:
        async with (
            connected_extension(browser.address) as extension,
            serving_gmail(browser.gmail, certificate),
        ):
            window = await open_gmail(extension, "popup")
            await window.button().wait_for()
            world = await ContentWorld.of(window)
            await extension.reload()
            async with asyncio.timeout(PATIENCE):
                while await world.run("Boolean(chrome.runtime?.id)"):
                    await window.page.evaluate("0")
            await window.button().click()
            await window.page.get_by_role("alertdialog", name=UPDATED).wait_for()
            await window.page.keyboard.press("Escape")
            await expect(window.page.get_by_role("alertdialog")).to_have_count(0)
            await window.assert_untroubled()


async def press(window: Gmail, how: str) -> None:
    """Press the button of the compose."""
    if how == "mouse":
        await window.button().click()
    else:
        await window.button().press("Enter")


@contextmanager
def replaced(file: Path, pattern: str | None) -> Iterator[None]:
    """Replace a file by `pattern`, in which `{}` is its text, or remove it; restored afterwards."""
    text = file.read_text()
    if pattern is None:
        file.unlink()
    else:
        file.write_text(pattern.replace("{}", text))
    try:
        yield
    finally:
        file.write_text(text)


# At the start of a module: loading it takes until a test calls `release`.
HOLD = "await new Promise((done) => { globalThis.release = done; });\n"
