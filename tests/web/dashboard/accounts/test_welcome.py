"""A fresh account: from signing in to a link on the clipboard, and what happens on other ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import NARROW

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.support.dashboard.server import DashboardServer

SAM = "sam@gmail.test"
OLGA = "olga@beta.test"
"""Her calendar is in London."""

pytestmark = pytest.mark.browser


class Clicks:
    """Counts the clicks of a person."""

    def __init__(self) -> None:
        self.number = 0

    async def __call__(self, target: Locator) -> None:
        await target.click()
        self.number += 1


async def test_two_clicks_after_googles_consent_a_link_is_on_the_clipboard(
    dashboard: DashboardServer,
) -> None:
    page = await dashboard.page(timezone_id="America/New_York")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await sign_in(page, SAM)
    await page.get_by_role("heading", name="Welcome, Sam").wait_for()
    await expect(page.get_by_label("Your time zone")).to_have_value("America/New_York")
    assert await violations(page) == []
    click = Clicks()
    await click(page.get_by_role("button", name="Connect calendar and Gmail"))
    await page.get_by_role("button", name=SAM).click()  # Google's
    await page.get_by_text("Your calendar and Gmail are connected.").wait_for()
    assert await violations(page) == []
    await click(page.get_by_role("button", name="Copy link"))
    await page.locator("#toast").get_by_text("/.").wait_for()
    assert click.number == 2
    link = await page.evaluate("navigator.clipboard.readText()")

    customer = await dashboard.page(timezone_id="America/New_York", locale="en-US")
    await customer.goto(link)
    await customer.get_by_role("heading", name="30-minute meeting").wait_for()
    first = customer.locator("label:has(input[name=start])").first
    await expect(first).to_contain_text("9:00")

    await page.reload()
    await expect(page.get_by_role("button", name="Copy link")).to_have_count(0)
    await expect(page.get_by_role("button", name="Generate a one-time link")).to_have_count(1)


async def test_without_scripts_the_zone_is_asked_and_mail_may_be_withheld(dashboard: DashboardServer) -> None:
    page = await dashboard.page(viewport=NARROW, java_script_enabled=False, color_scheme="dark")
    await sign_in(page, SAM)
    await page.get_by_label("Your time zone").select_option("America/New_York")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Connect calendar and Gmail").click()
    await page.locator("li", has_text="gmail.compose").get_by_role("checkbox").check()
    await page.get_by_role("button", name=SAM).click()
    await expect(page.get_by_text("Your calendar is connected.")).to_be_visible()
    await page.get_by_role("link", name="Meet Sam").click()
    await expect(page.get_by_text("America/New_York")).to_be_visible()
    await page.goto("/dashboard")
    await page.get_by_role("button", name="Generate a one-time link").click()
    await expect(page.get_by_label("The one-time link")).to_be_visible()


async def test_a_calendar_in_another_zone_is_asked_about(dashboard: DashboardServer) -> None:
    page = await dashboard.page(timezone_id="America/New_York")
    await sign_in(page, OLGA)
    await page.get_by_role("button", name="Connect calendar and Gmail").click()
    await page.get_by_role("button", name=OLGA).click()
    await page.get_by_role("heading", name="In which time zone are your hours?").wait_for()
    assert await violations(page) == []
    await page.get_by_role("button", name="London").click()
    await page.get_by_role("link", name="Meet Olga").click()
    await expect(page.get_by_text("Europe/London")).to_be_visible()


async def test_who_came_by_an_address_is_asked_for_the_zone_and_may_leave(dashboard: DashboardServer) -> None:
    """No script of ours ran before Google's page: the welcome sends the zone without a click."""
    page = await dashboard.page(timezone_id="America/New_York")
    await page.goto("/dashboard/links")
    async with page.expect_request(lambda request: request.method == "POST" and "welcome" in request.url):
        await page.get_by_role("button", name=SAM).click()
    await expect(page.get_by_label("Your time zone")).to_have_value("America/New_York")
    await page.get_by_role("button", name="Later").click()
    await page.wait_for_url("**/dashboard/links")
    await page.goto("/dashboard")
    await page.get_by_role("link", name="Meet Sam").click()
    await expect(page.get_by_text("America/New_York")).to_be_visible()


async def sign_in(page: Page, account: str) -> None:
    await page.goto("/")
    await page.get_by_role("link", name="Sign in with Google").click()
    await page.get_by_role("button", name=account).click()
