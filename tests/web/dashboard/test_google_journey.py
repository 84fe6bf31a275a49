"""Book in the browser, then see the event and the mails on Google's page, and move the meeting there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from admitone.worker.worker import Worker
from tests.support.google.connected import ACCOUNT, connect
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

START = "2026-11-23T09:00:00Z"
MOVED = "2026-11-24T14:30"
"""In the account's own zone, an hour east of Greenwich."""

pytestmark = pytest.mark.browser


async def test_a_booking_is_in_everybodys_calendar_and_inbox(dashboard: DashboardServer, admin: Api) -> None:
    await connect(dashboard, admin)
    link = await meeting_link(admin)
    await admin.patch("/settings", {"calendar_sync": True})
    page = await dashboard.page(timezone_id="Europe/Paris")
    await book(page, link["url"])
    await work(dashboard)
    dashboard.clock.forward(minutes=1)  # the mail waits for the link to the meeting
    await work(dashboard)

    await page.reload()
    meet = await page.locator(".join").get_attribute("href")
    google = await dashboard.page()
    await google.goto(f"{dashboard.google.url}/accounts/{ACCOUNT}")
    event = google.get_by_role("region", name="Calendar:").get_by_role("listitem")
    await expect(event.get_by_role("heading")).to_have_text("Half an hour: Carla Customer and Ada Admin")
    assert meet
    await expect(event.get_by_role("link", name=meet)).to_have_count(1)
    await expect(google.get_by_text("REQUEST, sequence 0")).to_have_count(1)
    mails = await google.get_by_role("region", name="Sent mail").get_by_role("listitem").all_inner_texts()
    assert any("carla@customer.test" in mail for mail in mails)

    await event.get_by_label("Starts").fill(MOVED)
    await event.get_by_role("button", name="Move").click()
    dashboard.clock.forward(minutes=6)
    await work(dashboard)
    await page.reload()
    await expect(page.get_by_text("Your booking was rescheduled", exact=True)).to_be_visible()
    await expect(page.locator(".when-large")).to_contain_text("24 November")

    await google.goto(f"{dashboard.google.url}/accounts/{ACCOUNT}")
    await event.get_by_role("button", name="Delete").click()
    dashboard.clock.forward(minutes=6)
    await work(dashboard)
    await page.reload()
    await expect(page.get_by_text("Your booking was cancelled", exact=True)).to_be_visible()


async def meeting_link(admin: Api) -> Any:
    """A one-time link for half an hour by video."""
    event_type = await admin.new_event_type(location={"kind": "google_meet"})
    return await admin.new_link(await admin.new_page(event_type, title="Meet Ada", slug="meet-ada"))


async def book(page: Page, url: str) -> None:
    """Book as a customer does."""
    await page.goto(url)
    await page.locator("[data-day='2026-11-23']").click()
    await page.locator(f"label:has(input[value='{START}'])").click()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Your name").fill("Carla Customer")
    await page.get_by_label("Email").fill("carla@customer.test")
    await page.get_by_role("button", name="Book this time").click()
    await page.get_by_text("Your booking is confirmed", exact=True).wait_for()


async def work(dashboard: DashboardServer) -> None:
    """Have everything done that is due."""
    worker = Worker(dashboard.services, "worker")
    await work_off(worker)
    await worker.close()
