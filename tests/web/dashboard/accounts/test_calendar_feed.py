"""The room of a user's calendar feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import NARROW, desktop_and_phone

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window

ROOM = "/dashboard/settings/calendar-feed"
FIELD = "The address of your calendar feed"


@desktop_and_phone
async def test_a_user_makes_a_feed_replaces_its_address_and_switches_it_off(
    dashboard: DashboardServer, member: Api, window: Window
) -> None:
    page = await dashboard.page(member, **window)
    await page.goto(ROOM)
    await expect(page.get_by_label(FIELD)).to_have_count(0)
    await page.get_by_role("button", name="Create a calendar feed").click()
    first = await page.get_by_label(FIELD).input_value()
    assert "SUMMARY:Busy" not in await read(dashboard, first)
    await page.get_by_label("With details").check()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_label("With details")).to_be_checked()
    assert await page.get_by_label(FIELD).input_value() == first

    await page.get_by_text("New address", exact=True).click()
    await page.get_by_role("button", name="Create a new address").click()
    await expect(page.get_by_role("status").first).to_contain_text("has a new address")
    second = await page.get_by_label(FIELD).input_value()
    assert second != first
    await expect(page.get_by_label("With details")).to_be_checked()
    assert "BEGIN:VCALENDAR" not in await read(dashboard, first)
    assert "BEGIN:VCALENDAR" in await read(dashboard, second)

    await page.get_by_text("Switch off the calendar feed").click()
    await page.get_by_role("button", name="Switch off", exact=True).click()
    await expect(page.get_by_role("status").first).to_contain_text("switched off")
    await expect(page.get_by_label(FIELD)).to_have_count(0)
    assert "BEGIN:VCALENDAR" not in await read(dashboard, second)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_room_is_accessible_and_fits_a_narrow_window(
    dashboard: DashboardServer, member: Api, scheme: str
) -> None:
    assert (await dashboard.post(member, ROOM, details="on")).status == 303
    page = await dashboard.page(member, viewport=NARROW, color_scheme=scheme)
    await page.goto(ROOM)
    await page.get_by_text("New address", exact=True).click()
    await page.get_by_text("Switch off the calendar feed").click()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def read(dashboard: DashboardServer, url: str) -> str:
    """What a calendar program gets at the address."""
    async with dashboard.http.get(url) as answer:
        return await answer.text()
