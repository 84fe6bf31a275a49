"""The room in which Google is connected, in a browser on a small screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from admitone.usecases.shared.google_grant import mark_revoked
from tests.support.dashboard.accessibility import violations
from tests.support.google.signed_in_host import ROOM
from tests.support.patience import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.google.signed_in_host import SignedInHost


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_room_is_used_on_a_small_screen(host: SignedInHost, chromium: Browser, scheme: Any) -> None:
    """From not connected, by a choice of calendars, to a grant that is over: axe finds nothing."""
    window = await chromium.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme=scheme,
        base_url=host.site.address,
    )
    cookie = {"name": "admitone", "value": host.browser.session, "url": host.site.address}
    await window.add_cookies([cookie])  # type: ignore[list-item]
    window.set_default_timeout(PATIENCE_MS)
    page = await window.new_page()
    await page.goto(ROOM)
    await expect(page.get_by_role("link", name="Connect calendar")).to_be_visible()
    assert await violations(page) == []

    await host.connect("calendar", "drafts")
    await page.goto(ROOM)
    await expect(page.get_by_role("checkbox").first).to_be_checked()
    await page.get_by_role("checkbox").nth(1).check()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status").first).to_have_text("Saved.")
    await expect(page.get_by_role("checkbox").nth(1)).to_be_checked()

    await mark_revoked(host.site.services, host.workspace, host.user)
    await page.goto("/dashboard")
    await expect(page.get_by_role("link", name="Reconnect Google")).to_be_visible()
    assert await violations(page) == []
    await page.goto(ROOM)
    assert await violations(page) == []
    await window.close()
