"""The room that shows how bookings are spread over the members of pools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.support.api.calling import a_rule
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone, downloaded
from tests.support.reports.counted import count

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window

SPREAD = "/dashboard/reports/spread"


async def a_team(dashboard: DashboardServer, admin: Api, member: Api) -> None:
    """A master page over a round robin of two, of whom one got three of five bookings and another left."""
    event_type = await admin.new_event_type(name="Introduction")
    pages = [await admin.new_page(event_type, title="Ada"), await member.new_page(event_type, title="Max")]
    pool = await admin.new_pool(*pages, name="Team", method="round_robin")
    master = await admin.new_master_page(a_rule(event_type, pool), title="Talk to us")
    for user, number in ((admin.user, 3), (member.user, 1), ("gone", 1)):
        key = f"{master['id']}/{event_type['id']}/{user}"
        await count(dashboard.store, "scheduled", "2026-11-17", number, of="member", key=key)


@desktop_and_phone
async def test_the_spread_stands_beside_its_promise(
    dashboard: DashboardServer, admin: Api, member: Api, window: Window
) -> None:
    await a_team(dashboard, admin, member)
    page = await dashboard.page(admin, **window)
    await page.goto("/dashboard/reports")
    await page.get_by_role("link", name="How bookings are spread over the members of pools").click()
    chart = page.get_by_role("img", name="Talk to us")
    await expect(chart).to_have_accessible_description("5 bookings, spread over the members.")
    await expect(chart.locator(".value")).to_have_text(["3 (60%)", "1 (20%)", "1 (20%)"])
    await expect(chart.locator(".promise")).to_have_count(2)
    await expect(page.get_by_text("Promised: 50% each")).to_be_visible()
    await expect(page.get_by_role("row", name="Ada Admin")).to_have_text(re.compile(r"3\s*60%\s*50%"))
    await expect(page.get_by_role("row", name="no longer a member")).to_contain_text("–")
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    if window["java_script_enabled"]:  # axe-core is a script
        assert await violations(page) == []
    await page.get_by_role("link", name="Own range").click()
    await expect(page.get_by_label("From", exact=True)).to_have_value("2026-10-20")
    await page.get_by_label("To", exact=True).fill("2026-10-01")
    await page.get_by_role("button", name="Show").click()
    await expect(page.get_by_text("This must not be before the first day.")).to_be_visible()


async def test_the_spread_is_a_file_too(dashboard: DashboardServer, admin: Api, member: Api) -> None:
    await a_team(dashboard, admin, member)
    rows = await downloaded(dashboard, admin, f"{SPREAD}.csv")
    assert [(row["Member"], row["Bookings"], row["Share"], row["Promised share"]) for row in rows] == [
        ("Ada Admin", "3", "0.6", "0.5"),
        ("Max Member", "1", "0.2", "0.5"),
        ("A user who was deleted", "1", "0.2", ""),
    ]


async def test_without_pools_the_page_says_so_and_members_see_none(
    dashboard: DashboardServer, admin: Api, member: Api
) -> None:
    assert "no pool in a master page" in await (await dashboard.get(admin, SPREAD)).text()
    await a_team(dashboard, admin, member)
    page = await (await dashboard.get(member, SPREAD)).text()
    assert "You see your own figures" in page
    assert "Talk to us" not in page
    assert await downloaded(dashboard, member, f"{SPREAD}.csv") == []
