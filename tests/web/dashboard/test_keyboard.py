"""The dashboard by keyboard alone: everything is reached with Tab, and done with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

FAR = 120


async def test_from_an_event_type_over_a_page_to_a_one_time_link(
    dashboard: DashboardServer, admin: Api
) -> None:
    page = await dashboard.page(admin)
    await page.goto("/dashboard/event-types/new")
    await _type(page, page.get_by_label("Name", exact=True), "Site visit")
    await _type(page, page.get_by_label("Duration"), "45 minutes")
    await _press(page, page.get_by_role("button", name="Create event type"))
    await expect(page.get_by_label("Duration")).to_be_focused()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("45")
    await _press(page, page.locator(".fold summary"))
    await _type(page, page.get_by_label("Buffer after"), "15")
    await _press(page, page.get_by_role("button", name="Create event type"))
    await page.get_by_text("Created.").wait_for()
    await page.goto("/dashboard/pages/new")
    await _type(page, page.get_by_label("Title"), "Meet Ada")
    await _type(page, page.get_by_label("Saturday, from"), "1000AM")
    await _type(page, page.get_by_label("Saturday, to"), "0130PM")
    await _press(page, page.get_by_role("button", name="Create page"))
    await page.get_by_role("heading", name="Meet Ada", level=1).wait_for()
    [made] = (await admin.get("/booking-pages")).items
    assert made["schedule"]["weekly"]["sat"] == [["10:00", "13:30"]]
    assert made["slug"] == "meet-ada"
    [event_type] = (await admin.get("/event-types")).items
    assert (event_type["duration_minutes"], event_type["buffer_after_minutes"]) == (45, 15)
    await _press(page, page.get_by_role("button", name="Generate a one-time link"))
    await page.get_by_role("status").get_by_text("/.").wait_for()
    [link] = (await admin.get("/links")).items
    assert link["page"] == made["id"]


async def test_the_first_key_skips_the_rail(dashboard: DashboardServer, admin: Api) -> None:
    page = await dashboard.page(admin)
    await page.goto("/dashboard/links")
    await page.keyboard.press("Tab")
    await expect(page.get_by_text("Skip to content")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()


async def test_a_rows_menu_opens_closes_and_acts(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page, note="for the fair")
    page = await dashboard.page(admin)
    await page.goto("/dashboard/links")
    menu = page.get_by_label("Actions for the link: for the fair")
    await _press(page, menu)
    await expect(page.get_by_role("button", name="Revoke link")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Revoke link")).to_be_hidden()
    await page.keyboard.press("Enter")
    await _press(page, page.get_by_role("button", name="Revoke link"))
    await page.get_by_text("The link was revoked.").wait_for()
    assert (await admin.get(f"/links/{link['id']}")).body["status"] == "revoked"


async def test_a_booking_is_moved_and_cancelled(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    booking = await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")
    page = await dashboard.page(admin)
    await page.goto(f"/dashboard/bookings/{booking['id']}/reschedule")
    await _tab_to(page, page.locator("input[name=start]").first)
    await page.keyboard.press("Space")
    await _press(page, page.get_by_role("button", name="Move booking"))
    await page.get_by_text("The booking was rescheduled.").wait_for()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["start"] == "2026-11-20T08:00:00Z"
    await _press(page, page.get_by_text("Cancel this booking"))
    await _type(page, page.get_by_role("textbox", name="Reason"), "We are ill")
    await _press(page, page.get_by_role("button", name="Cancel booking"))
    await page.get_by_text("Cancelled by Ada Admin").wait_for()


async def test_what_has_the_focus_can_be_seen(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    await page.goto(f"/dashboard/pages/{workspace.page['id']}")
    for _ in range(20):
        await page.keyboard.press("Tab")
        shown = await page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                return document.activeElement === document.body
                    || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
            }"""
        )
        assert shown, await page.evaluate("document.activeElement.outerHTML")


async def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    for _ in range(FAR):
        await page.keyboard.press("Tab")
        if await wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {wanted}.")


async def _type(page: Page, field: Locator, text: str) -> None:
    await _tab_to(page, field)
    if await field.get_attribute("type") != "time":
        await page.keyboard.press("Control+A")
    await page.keyboard.type(text)


async def _press(page: Page, button: Locator) -> None:
    await _tab_to(page, button)
    await page.keyboard.press("Enter")
