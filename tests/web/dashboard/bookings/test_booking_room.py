"""The room of a booking: hosts cancel and record no-shows there; what is not possible is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.api.calling import a_rule
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import NARROW

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

START = "2026-11-20T09:00:00Z"


async def test_a_booking_is_cancelled(dashboard: DashboardServer, admin: Api, workspace: Workspace) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    page = await dashboard.page(admin)
    await page.goto(f"/dashboard/bookings/{booking['id']}")
    await page.get_by_text("Cancel this booking").click()
    await page.get_by_role("textbox", name="Reason").fill("x" * 1001)
    await page.get_by_role("button", name="Cancel booking").click()
    await expect(page.get_by_role("textbox", name="Reason")).to_have_attribute("aria-invalid", "true")
    await page.get_by_role("textbox", name="Reason").fill("We cannot come")
    await page.get_by_role("button", name="Cancel booking").click()
    await expect(page.get_by_text("Cancelled by Ada Admin")).to_be_visible()
    await expect(page.get_by_text("We cannot come")).to_be_visible()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["status"] == "cancelled"
    await expect(page.get_by_role("link", name="Reschedule")).to_have_count(0)
    await expect(page.get_by_text("The booking is cancelled, so nothing about it can be")).to_be_visible()


async def test_a_no_show_is_recorded_once_it_has_begun(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    booking = await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")
    room = f"/dashboard/bookings/{booking['id']}"
    assert "Record a no-show" not in await (await dashboard.get(admin, room)).text()
    dashboard.clock.forward(days=1, hours=22)
    page = await dashboard.page(admin)
    await page.goto(room)
    await page.get_by_text("The customer did not come").click()
    await page.get_by_role("button", name="Record a no-show").click()
    await expect(page.get_by_text("Recorded as a no-show by Ada Admin")).to_be_visible()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["status"] == "no_show"
    await page.get_by_text("The customer came after all").click()
    await page.get_by_role("button", name="Take back").click()
    await expect(page.get_by_text("No-show taken back by Ada Admin")).to_be_visible()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["status"] == "scheduled"


async def test_a_completed_booking_says_so_and_what_is_still_possible(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    room = f"/dashboard/bookings/{booking['id']}"
    dashboard.clock.forward(days=5)
    text = await (await dashboard.get(admin, room)).text()
    assert '<span class="chip completed">Completed</span>' in text
    assert "The booking is over, so it can’t be rescheduled, cancelled or given to another host." in text
    assert f"{room}/no-show" in text
    assert (
        '<span class="chip completed">Completed</span>'
        in await (await dashboard.get(admin, "/dashboard/bookings?when=past")).text()
    )


async def test_after_a_switch_to_static_rules_the_room_says_what_is_not_possible(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    master = await admin.new_master_page(a_rule(workspace.event_type, workspace.page))
    booking = await dashboard.customer.booked((await admin.new_link(master))["code"], START)
    room = f"/dashboard/bookings/{booking['id']}"
    page = await dashboard.page(admin, viewport=NARROW)
    await page.goto(f"{room}/reschedule")
    await expect(page.get_by_role("button", name="Move booking")).to_be_visible()
    static = {"rule_type": "static", "pages": [workspace.page["id"]], "distribution": "pooled"}
    assert (await admin.patch(f"/master-pages/{master['id']}", static)).status == 200
    # The form was open before the switch: its refusal is said in the room, and so is the reason.
    await page.locator("[data-slots] label").first.click()
    await page.get_by_role("button", name="Move booking").click()
    await expect(page.get_by_role("alert")).to_contain_text("its page no longer offers one-time links")
    await expect(page.get_by_role("link", name="Reschedule")).to_have_count(0)
    await expect(page.get_by_text("Cancel and ask for another time")).to_have_count(0)
    await expect(page.get_by_text("so its customer can’t be asked for another time")).to_be_visible()
    await expect(page.get_by_role("navigation", name="Rooms")).to_be_visible()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for method, path in (("GET", "/reschedule"), ("GET", "/slots?from=2026-11-20&to=2026-11-21")):
        answer = await dashboard.get(admin, f"{room}{path}")
        assert answer.status == 403, method


@pytest.mark.parametrize("action", ["cancel", "no-show", "reassign", "request-reschedule", "reschedule"])
async def test_every_refusal_is_said_in_the_room(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, action: str
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    await admin.post(f"/bookings/{booking['id']}/cancel")
    fields = {"reassign.host": "x/y", "start": "2026-11-24T09:00:00Z"}
    if action == "cancel":  # cancelling again changes nothing
        dashboard.clock.forward(days=5)
    answer = await dashboard.post(admin, f"/dashboard/bookings/{booking['id']}/{action}", **fields)
    text = await answer.text()
    if action == "cancel" and answer.status == 303:
        return
    assert answer.status == 409
    assert 'role="alert"' in text
    assert "The booking is cancelled, so nothing about it can be changed" in text
    assert '<nav class="rail"' in text


async def test_a_no_show_is_not_taken_back_onto_a_time_that_was_booked(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    room = f"/dashboard/bookings/{booking['id']}"
    answer = await dashboard.post(admin, f"{room}/no-show")
    assert answer.status == 409
    assert "This booking has not begun yet." in await answer.text()
    assert f'{room}/no-show"' not in await answer.text()


async def test_its_history_names_who_gave_it_to_whom(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    own = await member.new_page(workspace.event_type)
    pool = await admin.new_pool(workspace.page, own)
    master = await admin.new_master_page(a_rule(workspace.event_type, pool))
    booking = await dashboard.customer.booked((await admin.new_link(master))["code"], START)
    there, to = (await admin.get(f"/bookings/{booking['id']}")).body["host"], {"reassign.reason": "Ill"}
    other = member.user if there == admin.user else admin.user
    room = f"/dashboard/bookings/{booking['id']}"
    await dashboard.post(admin, f"{room}/reassign", **{"reassign.host": f"{there}/{other}", **to})
    names = {admin.user: "Ada Admin", member.user: "Max Member"}
    text = await (await dashboard.get(admin, room)).text()
    assert f"Given by Ada Admin: from {names[there]} to {names[other]}: <q>Ill</q>" in text


async def test_users_with_the_same_name_are_told_apart_by_their_address(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    namesakes = [await dashboard.user(name="Kim Kay", email=f"{kim}@host.test") for kim in ("kim", "kay")]
    pages = [await kim.new_page(workspace.event_type) for kim in namesakes]
    pool = await admin.new_pool(workspace.page, *pages)
    master = await admin.new_master_page(a_rule(workspace.event_type, pool))
    booking = await dashboard.customer.booked((await admin.new_link(master))["code"], START)
    room, host = f"/dashboard/bookings/{booking['id']}", admin.user
    there = (await admin.get(f"/bookings/{booking['id']}")).body["host"]
    if there != host:
        await dashboard.post(admin, f"{room}/reassign", **{"reassign.host": f"{there}/{host}"})
    for path in (room, "/dashboard/bookings", "/dashboard/activity"):
        text = await (await dashboard.get(admin, path)).text()
        assert text.count("Kim Kay (kim@host.test)") == text.count("Kim Kay (kay@host.test)") >= 1, path
        assert "Ada Admin (" not in text


async def test_the_caller_is_called_you(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    room = f"/dashboard/bookings/{booking['id']}"
    own = await (await dashboard.get(admin, room)).text()
    assert '<dd dir="auto">You</dd>' in own
    assert own.count("Ada Admin") == 1, "in the frame"
    await dashboard.change_settings(members_see="all")
    assert '<dd dir="auto">Ada Admin</dd>' in await (await dashboard.get(member, room)).text()
