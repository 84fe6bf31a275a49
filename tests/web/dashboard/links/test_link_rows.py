"""Rows of links say for whom each is and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

FRIDAY = "2026-11-20T09:00:00Z"
CARLA = {"name": "Carla Cole", "email": "carla@x.test"}


async def rows(page: Page) -> dict[str, str]:
    """What each row says below its title, by the title."""
    found = await page.locator(".rows .row").all()
    return {
        await row.locator(".row-title").inner_text(): await row.locator(".row-sub").first.inner_text()
        for row in found
    }


async def test_rows_tell_what_became_of_each_link(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    booked = await admin.new_link(workspace.page)
    await dashboard.customer.booked(booked["code"], FRIDAY)
    opened = await admin.new_link(workspace.page, note="seen at the fair")
    await dashboard.http.post(f"{dashboard.url}/api/v1/book/{opened['code']}/opened")
    await admin.new_link(workspace.page, person=CARLA)
    dashboard.clock.forward(days=3)
    revoked = await admin.new_link(workspace.page, note="withdrawn one")
    await admin.post(f"/links/{revoked['id']}/revoke")
    await admin.new_link(workspace.page)
    page = await dashboard.page(admin)
    await page.goto("/dashboard/links")
    assert await rows(page) == {
        "Talk to Ada": "Not opened yet",
        "withdrawn one": "Revoked Sat 21 Nov",
        "Carla Cole": "Not opened for 3 days",
        "seen at the fair": "Opened Wed 18 Nov, 12:06",
        "Carla Customer": "Booked for Fri 20 Nov, 10:00",
    }


async def test_only_links_that_can_be_booked_offer_their_address(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    booked = await admin.new_link(workspace.page, note="booked")
    await dashboard.customer.booked(booked["code"], FRIDAY)
    revoked = await admin.new_link(workspace.page, note="revoked")
    await admin.post(f"/links/{revoked['id']}/revoke")
    expired = await admin.new_link(workspace.page, note="expired", expires_in_days=1)
    dashboard.clock.forward(days=2)
    active = await admin.new_link(workspace.page, note="active")
    for room in ("/dashboard", "/dashboard/links"):
        text = await (await dashboard.get(admin, room)).text()
        assert [link["note"] for link in (booked, revoked, expired, active) if link["url"] in text] == [
            "active"
        ]
    for link in (booked, revoked, expired):
        assert link["url"] not in await (await dashboard.get(admin, f"/dashboard/links/{link['id']}")).text()


async def test_a_person_who_has_not_booked_for_days_can_be_reminded(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page, person=CARLA)
    await admin.new_link(workspace.page, note="for nobody in particular")
    path = f"/dashboard/links/{link['id']}/nudge"
    dashboard.clock.forward(days=1, hours=23)
    assert path not in await (await dashboard.get(admin, "/dashboard/links")).text()
    dashboard.clock.forward(hours=1)
    text = await (await dashboard.get(admin, "/dashboard/links")).text()
    assert text.count("/nudge") == 1
    assert path in text
    assert "/nudge" not in await (await dashboard.get(member, "/dashboard/links")).text()


async def test_many_rows_take_as_many_trips_as_one(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    trips = []
    for hour in (9, 10, 11):
        link = await admin.new_link(workspace.page, person=CARLA)
        await dashboard.customer.booked(
            link["code"], FRIDAY.replace("09", f"{hour:02}"), name=None, email=None
        )
        await dashboard.get(admin, "/dashboard/links")  # reads the configuration
        before = dashboard.store.lines.trips
        text = await (await dashboard.get(admin, "/dashboard/links")).text()
        trips.append(dashboard.store.lines.trips - before)
        assert text.count("Booked for") == len(trips)
    assert trips == trips[:1] * 3


async def test_a_row_is_used_with_the_keyboard(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    await admin.new_link(workspace.page, note="the only one")
    page = await dashboard.page(admin)
    await page.goto("/dashboard/links")
    await page.get_by_label("Select the only one").focus()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="the only one")).to_be_focused()
