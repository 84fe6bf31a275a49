"""Links for a list of people, in the browser: at a desk with scripts, on the narrowest phone without."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from tests.support.contacts.imports import work
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

PEOPLE = "Ann Lee, ann@customer.test\nBo Beck, bo\nCy Cole, cy@customer.test\n"
FITS = "document.documentElement.scrollWidth <= innerWidth"


@desktop_and_phone
async def test_two_of_three_people_get_a_link(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, window: Any
) -> None:
    await admin.new_page(workspace.event_type, title="Another page", slug="another")
    page = await dashboard.page(admin, **window)
    await page.goto("/dashboard/links")
    await page.get_by_role("link", name="For many people").click()
    await check(page, window)
    await page.get_by_label("Page").select_option("Talk to Ada")
    await page.get_by_role("button", name="Next").click()
    await check(page, window)
    await page.get_by_role("button", name="Check the list").click()
    people = page.get_by_label("People")
    await expect(people).to_have_attribute("aria-invalid", "true")
    await people.fill(PEOPLE)
    await page.get_by_role("button", name="Check the list").press("Enter")

    await expect(page.get_by_text("2 people can get a link each. 1 row is refused.")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="Row 2")).to_contain_text("bo")
    assert (await admin.get("/links")).items == []
    await check(page, window)
    await page.get_by_role("button", name="Make 2 links").click()

    await expect(page.get_by_role("heading", name="Links are being made")).to_be_visible()
    await check(page, window)
    await work(dashboard.services)
    if not window["java_script_enabled"]:
        await page.get_by_role("link", name="Show the progress now").click()
    await expect(page.get_by_role("heading", name="Links are made")).to_be_visible()
    await expect(page.locator("[data-rows] .row-title")).to_have_text(["Ann Lee", "Cy Cole"])
    await check(page, window)
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download the links as a table").click()
    file = await (await download.value).path()
    rows = list(csv.DictReader(io.StringIO(Path(file).read_text("utf-8-sig"))))
    links = {link["person"]["name"]: link["url"] for link in (await admin.get("/links")).items}
    assert {row["Name"]: row["Address"] for row in rows} == links


async def check(page: Page, window: Any) -> None:
    """Nothing is wider than the window, and axe finds nothing."""
    await page.wait_for_load_state()
    if window["java_script_enabled"]:
        assert await violations(page) == []
        await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate(FITS), page.url
    await page.set_viewport_size(window["viewport"])
