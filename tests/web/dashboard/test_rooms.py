"""The list of rooms: a rail on a desk; on a phone the first ones, and *More* for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer


async def test_a_phone_reaches_every_room_without_scrolling_sideways(
    dashboard: DashboardServer, member: Api
) -> None:
    page = await dashboard.page(member, java_script_enabled=False, viewport={"width": 320, "height": 640})
    await page.goto("/dashboard")
    rooms = page.get_by_role("navigation", name="Rooms")
    await expect(rooms.get_by_role("link", name="Home", exact=True)).to_have_attribute("aria-current", "page")
    assert await rooms.evaluate("rail => rail.querySelector('ul').scrollWidth <= innerWidth")
    await expect(rooms.get_by_role("link", name="Settings")).to_be_hidden()
    await rooms.get_by_role("link", name="More").click()
    await page.get_by_role("main").get_by_role("link", name="Settings").click()
    await page.wait_for_url("**/dashboard/settings")
    await expect(rooms.get_by_role("link", name="More")).to_have_attribute("aria-current", "true")


async def test_a_desk_shows_every_room_beside_the_page(dashboard: DashboardServer, member: Api) -> None:
    page = await dashboard.page(member, java_script_enabled=False)
    await page.goto("/dashboard")
    rooms = page.get_by_role("navigation", name="Rooms")
    await expect(rooms.get_by_role("link", name="Settings")).to_be_visible()
    await expect(rooms.get_by_role("link", name="More")).to_be_hidden()
