"""Leaving the workspace: the page says what follows before anything happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.support.dashboard.server import PHONE

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace


async def test_who_leaves_reads_what_becomes_of_their_links_first(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    own = await member.new_page(workspace.event_type, title="Talk to Max")
    for _ in range(2):
        await member.new_link(own)
    booked = await member.new_link(own)
    await dashboard.customer.booked(booked["code"], "2026-11-20T09:00:00Z")
    page = await dashboard.page(member, viewport=PHONE, java_script_enabled=False)
    await page.goto("/dashboard/settings")
    await page.get_by_role("link", name="Leave this workspace").click()
    await page.get_by_text("2 links not used yet will stop working.").wait_for()
    await page.get_by_role("link", name="bookings to come").wait_for()
    assert (await member.get("/me")).status == 200
    await page.get_by_role("button", name="Leave this workspace").click()
    await page.wait_for_url("**/")
    assert (await member.get("/me")).status == 401
    listed = await dashboard.page(admin)
    await listed.goto("/dashboard/settings/users")
    await expect(listed.get_by_role("listitem").filter(has_text="Max Member").first).to_contain_text(
        "Has left"
    )


async def test_the_last_administrator_reads_why_they_cannot_leave(
    dashboard: DashboardServer, admin: Api
) -> None:
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto("/dashboard/settings/leave")
    await expect(page.get_by_role("alert")).to_contain_text("A workspace needs an administrator.")
    await expect(page.get_by_role("button", name="Leave this workspace")).to_have_count(0)
    answer = await dashboard.post(admin, "/dashboard/settings/leave")
    assert answer.status == 409
