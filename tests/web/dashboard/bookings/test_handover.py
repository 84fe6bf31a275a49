"""A booking is given to another host, or its customer is asked for another time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.support.api.calling import a_rule
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window
    from tests.web.dashboard.conftest import Workspace

START = "2026-11-20T09:00:00Z"


@desktop_and_phone
async def test_a_booking_is_given_away_and_its_customer_asked(
    dashboard: DashboardServer,
    admin: Api,
    member: Api,
    workspace: Workspace,
    window: Window,
) -> None:
    own = await member.new_page(workspace.event_type)
    third = await dashboard.user(name="Tia Third")
    busy = await third.new_page(workspace.event_type)
    pool = await admin.new_pool(workspace.page, own, busy)
    master = await admin.new_master_page(a_rule(workspace.event_type, pool))
    booking = await dashboard.customer.booked((await admin.new_link(master))["code"], START)
    await dashboard.customer.booked((await third.new_link(busy))["code"], START)
    page = await dashboard.page(admin, **window)
    await page.goto(f"/dashboard/bookings/{booking['id']}")

    await page.get_by_text("Give it to another host").click()
    give = page.get_by_role("button", name="Give booking away")
    await give.click()
    await expect(page.get_by_text("Choose a host.", exact=True)).to_be_visible()
    await page.get_by_label("To", exact=True).select_option(label="Tia Third")
    await give.click()
    await expect(page.get_by_text("This host is not free then.")).to_be_visible()
    if window["java_script_enabled"]:
        assert await violations(page) == []
    else:
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_label("To", exact=True).select_option(label="Max Member")
    await give.click()
    await page.get_by_text("The booking has another host.").wait_for()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["host"] == member.user
    await expect(page.get_by_text("Given by Ada Admin: from Ada Admin to Max Member")).to_be_visible()

    await page.get_by_text("Cancel and ask for another time").click()
    await page.get_by_role("button", name="Cancel and ask").click()
    await page.get_by_text("The booking is cancelled.").wait_for()
    [fresh, *_] = (await admin.get("/links")).items
    assert fresh["person"]["email"] == "carla@customer.test"
    assert (fresh["page"], fresh["status"]) == (master["id"], "active")
    await expect(page.get_by_label("The link's address")).to_have_value(fresh["url"])
    assert (await admin.get(f"/bookings/{booking['id']}")).body["status"] == "cancelled"


async def test_who_has_no_part_in_a_booking_is_not_offered_either(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    booking = await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], START)
    room = f"/dashboard/bookings/{booking['id']}"
    # A booking page's booking can be given to nobody, but its customer can be asked.
    own = await (await dashboard.get(admin, room)).text()
    assert f"{room}/reassign" not in own
    assert f"{room}/request-reschedule" in own
    refused = await dashboard.post(
        admin, f"{room}/reassign", **{"reassign.host": f"{admin.user}/{member.user}"}
    )
    assert refused.status == 422
    for see, status in (("own", 404), ("all", 403)):
        await dashboard.change_settings(members_see=see)
        other = await (await dashboard.get(member, room)).text()
        assert f"{room}/request-reschedule" not in other
        for action in ("reassign", "request-reschedule"):
            answer = await dashboard.post(member, f"{room}/{action}", **{"reassign.host": f"{admin.user}/x"})
            assert answer.status == status, action
    assert (await admin.get(f"/bookings/{booking['id']}")).body["status"] == "scheduled"
