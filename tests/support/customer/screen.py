"""A customer's real browser, on a desktop or on a phone."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from tests.support.patience import PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

    from tests.support.customer.host import Host

DESKTOP: ViewportSize = {"width": 1040, "height": 720}
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL: ViewportSize = {"width": 320, "height": 640}
TARGETS = """() =>
  [...document.querySelectorAll("main :is(a, button, select, summary, input, label.slot)")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}))
  .filter((one) => !one.matches(".first, .slot input, .summary a, .join"))
  .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([_, box]) => box.height < 43.9 || box.width < 43.9)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)"""
"""A script: the controls that are too small to be hit."""
FAR = 80  # more than the longest of these pages has to tab through
EXPECTED = ("the server responded with a status of 4",)  # what pages that refuse are served with


@asynccontextmanager
async def screen(
    chromium: Browser, host: Host, *, expected: Sequence[str] = EXPECTED, **options: Any
) -> AsyncIterator[Page]:
    """A fresh window in Paris; the test fails if scripts fail or log an error that is not `expected`."""
    usual = {
        "viewport": DESKTOP,
        "locale": "en-GB",
        "timezone_id": "Europe/Paris",
        "base_url": host.deployment.url,
    }
    window = await chromium.new_context(**usual | options)
    window.set_default_timeout(PATIENCE_MS)
    page = await window.new_page()
    await _move_from_under_the_pointer(window, page)
    wrong: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(text in message.text for text in expected):
            wrong.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    await window.close()
    assert wrong == []


async def _move_from_under_the_pointer(window: BrowserContext, page: Page) -> None:
    """Else the headless shell tells each page of a pointer in its corner, which looks like a person."""
    session = await window.new_cdp_session(page)
    there = await session.send("Browser.getWindowForTarget")
    bounds = {"left": 50, "top": 50}
    await session.send("Browser.setWindowBounds", {"windowId": there["windowId"], "bounds": bounds})
    await session.detach()


async def fits(page: Page) -> bool:
    """Whether the page is no wider than its window."""
    found: bool = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return found


async def choose(page: Page, start: str) -> None:
    """Click on a time's label, as people do, once the page's scripts run."""
    await page.wait_for_load_state()
    await page.locator(f"label:has(input[value='{start}'])").click()
    await expect(page.locator(f"input[value='{start}']")).to_be_checked()


async def confirm(page: Page) -> None:
    """Agree on the confirming page, which comes where no script ran."""
    await page.get_by_label("Yes, ").check()
    await page.locator(".onward .button").click()


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(FAR):
        await page.keyboard.press("Tab")
        if await is_focused(page, selector):
            return
    raise AssertionError(f"{selector} cannot be reached by the keyboard")


async def is_focused(page: Page, selector: str) -> bool:
    """Whether the focused element matches the selector."""
    return bool(await page.evaluate("(selector) => document.activeElement.matches(selector)", selector))
