"""The home room: what one shares, of one's own and of the team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from playwright.async_api import expect

from admitone.store.keys import PAUSED
from admitone.store.outbox.pause import Pause
from tests.support.api.calling import ROUND_THE_CLOCK, a_rule
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone
from tests.support.factories import NOW

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window
    from tests.web.dashboard.conftest import Workspace


@desktop_and_phone
async def test_a_member_without_a_page_shares_master_pages(
    dashboard: DashboardServer,
    admin: Api,
    member: Api,
    workspace: Workspace,
    window: Window,
) -> None:
    dynamic = await admin.new_master_page(a_rule(workspace.event_type, workspace.page), title="Talk to us")
    static = await admin.new_master_page(rule_type="static", pages=[workspace.page["id"]], title="All of us")
    await admin.new_master_page(a_rule(workspace.event_type, workspace.page), title="Off", enabled=False)
    page = await dashboard.page(member, **window)
    await page.goto("/dashboard")
    await expect(page.get_by_text("You have no booking page yet.")).to_be_visible()
    team = page.get_by_role("region", name="Master pages")
    await expect(team.locator(".ticket-title")).to_have_text(["All of us", "Talk to us"])
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await team.get_by_label("Actions for All of us").click()
    if window["java_script_enabled"]:
        assert await violations(page) == []
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await team.get_by_role("button", name="Copy general link").click()
        await page.get_by_text("Copied.").wait_for()
        assert await page.evaluate("navigator.clipboard.readText()") == static["url"]
        await team.get_by_role("link", name="Share general link").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_text("A master page with static rules has no one-time links.").wait_for()
        await dialog.get_by_role("button", name="Close", exact=True).click()
    else:
        await team.get_by_role("link", name="Share", exact=True).click()
        await expect(page.get_by_role("button", name="Show the general link")).to_be_visible()
        await page.goto("/dashboard")
    await team.get_by_role("button", name="Generate a one-time link").click()
    if window["java_script_enabled"]:
        await page.locator("#toast").get_by_text("/.").wait_for()
    else:
        await expect(page.get_by_label("The one-time link")).to_be_visible()
        await page.goto("/dashboard")
    [link] = (await member.get("/links")).items
    assert link["page"] == dynamic["id"]
    await team.get_by_role("link", name="Talk to us").click()
    await page.get_by_role("heading", name="Talk to us", level=1).wait_for()


async def test_pages_that_nobody_can_book_say_so(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    own = await member.new_page(workspace.event_type)
    await admin.new_master_page(a_rule(workspace.event_type, own), title="Talk to Max")
    await admin.patch(f"/users/{member.user}", {"active": False}, confirm=1)
    await admin.patch(f"/booking-pages/{workspace.page['id']}", {"event_types": []})
    home = await (await dashboard.get(admin, "/dashboard")).text()
    assert "Nobody can be booked at present" in home
    assert "Add an event type" in home
    await admin.patch(f"/booking-pages/{workspace.page['id']}", {"enabled": False}, confirm=1)
    home = await (await dashboard.get(admin, "/dashboard")).text()
    assert "Your booking page is off" in home


async def test_administrators_see_that_jobs_wait_after_a_restore(
    dashboard: DashboardServer, admin: Api, member: Api
) -> None:
    await dashboard.store.client.set(PAUSED, msgspec.json.encode(Pause(since=NOW, made_at=NOW)))
    notice = "A backup was restored, and background jobs wait"
    assert notice in await (await dashboard.get(admin, "/dashboard")).text()
    assert notice not in await (await dashboard.get(member, "/dashboard")).text()
    await dashboard.store.client.delete(PAUSED)
    assert notice not in await (await dashboard.get(admin, "/dashboard")).text()


async def test_the_next_bookings_are_found_without_reading_those_of_others(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    hours = {"timezone": "UTC", "weekly": ROUND_THE_CLOCK}
    own = await admin.new_page(workspace.event_type, schedule=hours)
    others = await member.new_page(workspace.event_type, schedule=hours)
    customer = dashboard.customer
    await customer.booked(own["slug"], "2026-11-27T08:00:00Z", name="Zoe Next")
    for number in range(20):  # all of them earlier
        start = f"2026-11-25T{number:02}:00:00Z"
        await customer.booked(others["slug"], start, email=f"c{number}@customer.test")
    before = await _hashes_read(dashboard)
    home = await (await dashboard.get(admin, "/dashboard")).text()
    assert "Zoe Next" in home
    assert await _hashes_read(dashboard) - before < 10


async def _hashes_read(dashboard: DashboardServer) -> int:
    stats = await dashboard.store.client.info("commandstats")
    return int(stats["cmdstat_hgetall"]["calls"]) if "cmdstat_hgetall" in stats else 0
