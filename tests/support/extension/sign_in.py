"""Signing in through the window that the extension opens."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Page

SEND = "message => chrome.runtime.sendMessage(message)"


async def sign_in_with_google(page: Page, name: str) -> Any:
    """Ask to sign in from a page of the extension, choose the account with this name, allow; the answer."""
    async with page.context.expect_page() as opened:
        asked = asyncio.create_task(page.evaluate(SEND, {"kind": "sign-in"}))
    await choose_account(await opened.value, name)
    return await asked


async def choose_account(window: Page, name: str) -> None:
    """Choose the account with this name, and allow the extension to act for it; the welcome waits."""
    await window.get_by_role("button", name=name).click()
    allow, later = (window.get_by_role("button", name=text) for text in ("Allow", "Later"))
    await allow.or_(later).wait_for()
    if await later.is_visible():
        await later.click()
    await allow.click()
