"""Accessibility of the extension's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.dashboard.accessibility import violations

if TYPE_CHECKING:
    from playwright.async_api import Page


async def assert_accessible(page: Page) -> None:
    """Assert that axe-core finds no violation, in the light and in the dark colours."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        assert await violations(page) == []
