"""What a member's dashboard shows of colleagues, by the setting `members_see` (docs/rules/members.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

FRIDAY = "2026-11-20T09:00:00Z"


async def test_a_colleagues_link_is_listed_but_cannot_be_copied(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    page = await dashboard.page(member)
    await page.goto("/dashboard/links")
    await expect(page.get_by_text("by Ada Admin")).to_have_count(1)
    await page.get_by_label("Actions for the link: Talk to Ada").click()
    await expect(page.get_by_text("Show link")).to_be_visible()
    await expect(page.get_by_text("Copy link")).to_have_count(0)
    await page.get_by_text("Show link").click()
    await expect(page.get_by_text("A colleague made this link.")).to_have_count(1)
    await expect(page.get_by_text("Copy")).to_have_count(0)
    for path in ("/dashboard/links", f"/dashboard/links/{link['id']}", f"/dashboard/share?made={link['id']}"):
        answer = await dashboard.get(member, path)
        assert answer.status == 200
        assert link["code"] not in await answer.text(), path
    await dashboard.change_settings(members_see="all")
    await page.reload()
    await expect(page.get_by_label("The link's address")).to_have_value(link["url"])


async def test_a_colleagues_booking_is_nowhere(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    link = await member.new_link(workspace.page, note="For the fair")
    booking = await dashboard.customer.booked(link["code"], FRIDAY)
    await member.new_page(workspace.event_type, title="Talk to Max")
    room = f"/dashboard/bookings/{booking['id']}"
    for see, is_shown in (("own", False), ("all", True)):
        await dashboard.change_settings(members_see=see)
        for path in ("/dashboard/bookings", f"/dashboard/links/{link['id']}", room):
            answer = await dashboard.get(member, path)
            assert answer.status == (404 if path == room and not is_shown else 200)
            assert ("Carla Customer" in await answer.text()) is is_shown, path
            assert "Reactivate link" not in await answer.text()
            is_missing = "you do not take part in it" in await answer.text()
            assert is_missing is (see == "own" and "/links/" in path)
        bookings = await (await dashboard.get(member, "/dashboard/bookings")).text()
        assert "Talk to Max" in bookings
        assert ("Talk to Ada" in bookings) is is_shown
