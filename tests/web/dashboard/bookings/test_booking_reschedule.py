"""A host moves a booking: in the customers' calendar, or to any other free time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window
    from tests.web.dashboard.conftest import Workspace

START = "2026-11-20T09:00:00Z"


@desktop_and_phone
async def test_a_booking_is_moved(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, window: Window
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    other = await admin.new_link(workspace.page)
    await dashboard.customer.booked(other["code"], "2026-11-20T13:00:00Z")
    page = await dashboard.page(admin, **window)
    move, times = page.get_by_role("button", name="Move booking"), page.locator("[data-slots] .face")
    await page.goto(f"/dashboard/bookings/{booking['id']}")
    await page.get_by_role("link", name="Reschedule").click()
    await expect(times.filter(has_text="10:00")).to_contain_text("booked now")
    await expect(times.filter(has_text="14:00"), "the other booking is there").to_have_count(0)
    if window["java_script_enabled"]:
        assert await violations(page) == []
        await page.locator("[data-day='2026-11-20']").press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(page.locator("[data-day-name]")).to_contain_text("27 November")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_label("Monday 23 November").click()
    await page.get_by_role("textbox", name="Reason").first.fill("Too early")
    await move.click()
    await expect(page.locator("#start-error")).to_have_text("Choose a time.")
    await page.get_by_label("Tuesday 24 November").click()
    await expect(page.get_by_role("textbox", name="Reason").first, "it is kept").to_have_value("Too early")
    await page.locator("[data-slots] label").filter(has_text="10:30").click()
    await move.click()
    await expect(page.get_by_text("The booking was rescheduled.")).to_be_visible()
    await expect(page.get_by_text("Too early")).to_be_visible()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["start"] == "2026-11-24T09:30:00Z"

    await page.get_by_role("link", name="Reschedule").click()
    await page.get_by_text("Another time").click()
    typed = page.get_by_role("button", name="Move to this time")
    await page.get_by_label("Day", exact=True).fill("2026-11-20")
    await page.get_by_label("Time", exact=True).fill("14:15")
    await typed.click()
    await expect(page.get_by_text("That time was just taken.")).to_be_visible()
    await expect(page.get_by_label("Time", exact=True)).to_have_value("14:15")
    await page.get_by_label("Time", exact=True).fill("19:30")
    await typed.click()
    await expect(page.get_by_text("The booking was rescheduled.")).to_be_visible()
    moved = (await admin.get(f"/bookings/{booking['id']}")).body
    assert (moved["start"], moved["status"]) == ("2026-11-20T18:30:00Z", "rescheduled")


async def test_a_time_that_is_gone_leads_to_the_nearest_ones(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    other = await admin.new_link(workspace.page)
    await dashboard.customer.booked(other["code"], "2026-11-20T13:00:00Z")
    path = f"/dashboard/bookings/{booking['id']}/reschedule"
    answer = await dashboard.post(admin, path, start="2026-11-20T13:00:00Z", timezone="Asia/Tokyo")
    text = await answer.text()
    assert answer.status == 409
    assert "That time was just taken." in text
    assert "The nearest available times" in text
    assert "2026-11-20T13:30:00Z" in text
    assert "Tokyo time" in text


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"reason": ""}, 422, "Choose a time."),
        ({"other.date": "soon", "other.time": "10:00"}, 422, "Choose a date."),
        ({"other.date": "2026-11-20", "other.time": ""}, 422, "Type a time such as 14:30."),
        ({"start": "soon"}, 422, "Give a time such as"),
        ({"start": "2026-11-10T09:00:00Z"}, 409, "Choose a time in the future."),
        ({"other.date": "2026-11-10", "other.time": "10:00"}, 409, "Choose a time in the future."),
    ],
)
async def test_a_time_that_cannot_be_is_said_at_its_field(
    dashboard: DashboardServer,
    admin: Api,
    workspace: Workspace,
    fields: dict[str, str],
    status: int,
    said: str,
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    room = f"/dashboard/bookings/{booking['id']}"
    answer = await dashboard.post(admin, f"{room}/reschedule", **fields)
    assert answer.status == status
    assert said in await answer.text()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["start"] == START


async def test_a_booking_whose_page_was_deleted_moves_to_a_typed_time(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    await admin.delete(f"/booking-pages/{workspace.page['id']}")
    path = f"/dashboard/bookings/{booking['id']}/reschedule"
    text = await (await dashboard.get(admin, path)).text()
    assert "so no times are listed" in text
    assert "data-calendar" not in text
    answer = await dashboard.post(admin, path, **{"other.date": "2026-11-24", "other.time": "10:00"})
    assert answer.status == 303
    assert (await admin.get(f"/bookings/{booking['id']}")).body["start"] == "2026-11-24T10:00:00Z"


async def test_only_its_hosts_and_administrators_see_its_times(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    slots = f"/dashboard/bookings/{booking['id']}/slots?from=2026-11-20&to=2026-11-20"
    answer = await dashboard.get(admin, slots)
    assert (await answer.json())["days"][0]["date"] == "2026-11-20"
    assert (await dashboard.get(member, slots)).status == 404
    await dashboard.change_settings(members_see="all")
    assert (await dashboard.get(member, slots)).status == 403
    assert (await dashboard.get(admin, slots.replace("to=2026-11-20", "to=2027-11-20"))).status == 422
