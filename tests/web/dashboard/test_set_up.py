"""Home says what is set up; what was booked while something was missing goes out once it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from admitone.web.dashboard.set_up.set_up_line import same_clock
from admitone.worker.worker import Worker
from tests.support.api.calling import a_rule
from tests.support.dashboard.accessibility import violations
from tests.support.factories import NOW
from tests.support.google.connected import ACCOUNT, connect
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

START = "2026-11-23T09:00:00Z"


async def work(dashboard: DashboardServer) -> None:
    """Do everything that is due."""
    worker = Worker(dashboard.services, "worker")
    await work_off(worker)
    await worker.close()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Asia/Calcutta", "Asia/Kolkata", True),
        ("Europe/Paris", "Europe/Berlin", True),
        ("Europe/Paris", "Africa/Lagos", False),  # they agree in winter
        ("UTC", "America/New_York", False),
    ],
)
def test_zones_are_the_same_if_their_clocks_agree_all_year(one: str, other: str, *, is_same: bool) -> None:
    assert same_clock(one, other, NOW) is is_same


async def test_a_host_without_google_until_the_day_they_connect(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    page = await dashboard.page(admin, timezone_id="Europe/Paris", viewport={"width": 320, "height": 700})
    await page.goto("/dashboard")
    line = page.get_by_role("list", name="Your set-up").get_by_role("listitem")
    await expect(line).to_have_count(4)
    await expect(line.nth(0)).to_contain_text("Not connected")
    await expect(line.nth(1)).to_contain_text("Nothing sends it")
    await expect(line.nth(2)).to_contain_text("works")
    await expect(line.nth(3)).to_contain_text("Not signed in")
    both = "/auth/google/connect?service=calendar&service=drafts"
    for place in (0, 1):
        await expect(line.nth(place).get_by_role("link")).to_have_attribute("href", both)
    assert await violations(page) == []

    booked = {"start": START, "name": "Carla Customer", "email": "carla@customer.test"}
    assert (await admin.post(f"/book/{link['code']}", booked)).status == 201
    await work(dashboard)
    await page.reload()
    await expect(
        page.get_by_text("2 mails about your bookings to come have not been sent yet.")
    ).to_be_visible()
    await expect(page.get_by_text("You have one booking to come, and no calendar gets it.")).to_be_visible()
    await page.get_by_role("link", name="Show what waits").click()
    mails, events = (
        page.get_by_role("region", name="Mails"),
        page.get_by_role("region", name="Calendar events"),
    )
    told = await mails.locator(".row-title").all_inner_texts()
    assert sorted(told) == ["Mail to the customer", "Mail to the hosts"]
    await expect(events.get_by_text("Carla Customer")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await violations(page) == []
    [one, _] = (await admin.get("/waiting-mails")).items
    assert one["booking"]

    await connect(dashboard, admin)
    await page.reload()
    await page.get_by_role("button", name="Send now").click()
    await expect(page.get_by_text("What can go out goes out now.")).to_be_visible()
    await work(dashboard)
    dashboard.clock.forward(minutes=1)
    await work(dashboard)
    await page.reload()
    await expect(page.get_by_text("No mail waits.")).to_be_visible()
    await expect(page.get_by_text("Every booking to come is in your calendar.")).to_be_visible()
    assert (await admin.get("/waiting-mails")).items == []
    google = await dashboard.page()
    await google.goto(f"{dashboard.google.url}/accounts/{ACCOUNT}")
    sent = google.get_by_role("region", name="Sent mail").get_by_role("listitem")
    await expect(sent).to_have_count(2)
    await page.goto("/dashboard")
    await expect(line.nth(0)).to_contain_text("works")
    await expect(line.nth(1)).to_contain_text("works")


async def test_the_zone_is_that_of_the_browser_and_the_extension_can_be_refused(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin, timezone_id="America/New_York")
    await page.goto("/dashboard")
    line = page.get_by_role("list", name="Your set-up").get_by_role("listitem")
    told = "Europe/Paris, your browser America/New_York"
    await expect(line.nth(2)).to_contain_text(told)
    await line.nth(2).get_by_role("link", name="Fix: Zone").click()
    await expect(page).to_have_url(
        f"{dashboard.url}/dashboard/pages/{workspace.page['id']}/edit#schedule.timezone"
    )
    await expect(page.locator(":target")).to_have_value("Europe/Paris")
    await page.goto("/dashboard")
    await line.nth(3).get_by_role("link", name="Fix: Extension").click()
    await expect(page.get_by_label("Server address")).to_have_value(dashboard.url)
    assert await violations(page) == []
    await page.get_by_role("button", name="I do not need it").click()
    await expect(line).to_have_count(3)


async def test_a_page_that_asks_for_a_code_warns_while_nothing_mails_it(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    path = f"/dashboard/pages/{workspace.page['id']}"
    told = "nobody can book by its general link"
    assert told not in await (await dashboard.get(admin, path)).text()
    await admin.patch(f"/booking-pages/{workspace.page['id']}", {"confirm_email": True})
    assert told in await (await dashboard.get(admin, path)).text()
    assert (
        "nobody could book by the general link" in await (await dashboard.get(admin, f"{path}/edit")).text()
    )
    master = await admin.new_master_page(a_rule(workspace.event_type, workspace.page), confirm_email=True)
    of_master = f"/dashboard/master-pages/{master['id']}"
    assert told in await (await dashboard.get(admin, of_master)).text()
    await connect(dashboard, admin)
    for each in (path, of_master):
        assert told not in await (await dashboard.get(admin, each)).text()
