"""*Settings → Personal data*: an address is looked up, exported and erased, without scripts too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import expect

from admitone.store.records.erasures import file_request
from tests.support.api.calling import answered
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import PHONE
from tests.support.factories import NOW, WORKSPACE

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

CARLA = "carla@customer.test"
PATH = "/dashboard/settings/personal-data"


async def test_an_address_is_looked_up_exported_and_erased(dashboard: DashboardServer, admin: Api) -> None:
    made = await admin.new_page(await admin.new_event_type())
    booking = await dashboard.customer.booked(made["slug"], "2026-11-19T09:00:00Z")
    page = await dashboard.page(admin, viewport=PHONE, java_script_enabled=False)
    await page.goto(PATH)
    await page.get_by_label("Email address").fill(CARLA)
    await page.get_by_role("button", name="Look up").click()
    assert CARLA not in page.url
    await expect(page.get_by_text("1 booking, 0 personal links, 0 mails")).to_be_visible()
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Export as JSON").click()
    exported = json.loads(Path(await (await download.value).path()).read_text())
    assert [one["booking"]["id"] for one in exported["bookings"]] == [booking["id"]]
    await page.get_by_text("Erase this address").click()
    await expect(page.get_by_text("Cancel the bookings to come first")).to_be_visible()

    answered(await admin.post(f"/bookings/{booking['id']}/cancel", {}))
    await page.get_by_role("button", name="Look up").click()
    await page.get_by_text("Erase this address").click()
    await page.get_by_label("Nobody can undo this").check()
    await page.get_by_role("button", name="Erase", exact=True).click()
    await expect(page.get_by_role("status").first).to_contain_text("is being erased")
    await expect(page.get_by_text(f"Erasing {CARLA}")).to_be_visible()
    [erasure] = (await admin.get("/erasures")).items
    assert (erasure["state"], erasure["email"]) == ("running", CARLA)


async def test_nothing_is_erased_without_the_box(dashboard: DashboardServer, admin: Api) -> None:
    await dashboard.post(admin, f"{PATH}/erase", email=CARLA)
    assert (await admin.get("/erasures")).items == []


async def test_requests_of_customers_are_carried_out_or_declined(
    dashboard: DashboardServer, admin: Api
) -> None:
    made = await admin.new_page(await admin.new_event_type())
    booking = await dashboard.customer.booked(made["slug"], "2026-11-19T09:00:00Z")
    await file_request(dashboard.store, WORKSPACE, "request", booking["id"], NOW)
    page = await dashboard.page(admin, viewport=PHONE)
    await page.goto(PATH)
    await expect(page.get_by_text(CARLA)).to_be_visible()
    assert await violations(page) == []
    await page.get_by_label("Actions for the request").click()
    await page.get_by_label("Erase all data of this address").check()
    await page.get_by_role("button", name="Erase", exact=True).first.click()
    await expect(page.get_by_role("alert")).to_contain_text("has bookings to come")
    await page.get_by_label("Actions for the request").click()
    await page.get_by_role("button", name="Decline").click()
    await expect(page.get_by_role("status").first).to_contain_text("The request is declined.")
    assert [one["state"] for one in (await admin.get("/erasures")).items] == ["declined"]


async def test_retention_is_set_and_taken_back(dashboard: DashboardServer, admin: Api) -> None:
    page = await dashboard.page(admin, viewport=PHONE, java_script_enabled=False)
    await page.goto(PATH)
    for text, months in (("24", 24), ("", None)):
        await page.get_by_label("Erase after").fill(text)
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("status").first).to_have_text("Saved.")
        assert answered(await admin.get("/settings"))["retention_months"] == months
    await page.get_by_label("Erase after").fill("0")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_be_visible()
