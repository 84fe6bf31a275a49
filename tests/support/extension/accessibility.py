"""Accessibility of the extension's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.dashboard.accessibility import BY_LOOK, violations

if TYPE_CHECKING:
    from playwright.async_api import Page


async def assert_accessible(page: Page) -> None:
    """Assert that axe-core finds no violation, in the light and in the dark colours."""
    await page.emulate_media(color_scheme="light")
    assert await violations(page) == []
    await page.emulate_media(color_scheme="dark")
    assert await violations(page, only=BY_LOOK) == []
