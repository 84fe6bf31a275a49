"""The journey: sign in, make a link, a customer books, another visitor is refused, it is moved, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.customer.screen import confirm

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.dashboard.server import DashboardServer


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_the_journey(dashboard: DashboardServer, scripts: bool) -> None:
    host = await dashboard.page(java_script_enabled=scripts)
    await _sign_in(host, "admin@acme.test")
    await _make_a_page(host)
    link = await _generate_a_link(host, scripts=scripts)

    customer = await dashboard.page(java_script_enabled=scripts)
    await customer.goto(link)
    await _book(customer, "Carla Customer", "carla@customer.test", scripts=scripts)
    manage = customer.url
    assert "/manage/" in manage

    visitor = await dashboard.page(java_script_enabled=scripts)
    answer = await visitor.goto(link)
    assert answer
    assert answer.status == 410
    assert "Carla" not in await visitor.content()
    await customer.goto(link)
    assert customer.url == manage, "the browser that booked is led to its booking"

    await customer.get_by_role("link", name="Reschedule").click()
    await customer.wait_for_load_state()
    await customer.locator("input[name=start]").last.check(force=True)
    await _press_onward(customer)
    await customer.get_by_role("button", name="Reschedule").last.click()
    await _agree(customer, scripts=scripts)
    await customer.wait_for_url(f"{manage}**")

    await host.goto("/dashboard/bookings")
    await host.get_by_role("link", name="Carla Customer").click()
    await expect(host.get_by_text("Moved by the customer")).to_have_count(1)

    await customer.goto(manage)
    await customer.get_by_role("link", name="Cancel").click()
    await customer.get_by_role("checkbox").check(force=True)
    await customer.get_by_role("button", name="Cancel").last.click()
    await _agree(customer, scripts=scripts)
    await customer.wait_for_url(f"{manage}**")
    await host.reload()
    await expect(host.get_by_text("Cancelled by the customer")).to_have_count(1)

    await host.get_by_role("button", name="Sign out").click()
    await host.get_by_role("link", name="Sign in with Google").wait_for()
    await host.goto("/dashboard/links")
    assert "/dashboard" not in host.url


async def test_a_room_that_was_asked_for_comes_after_signing_in(dashboard: DashboardServer) -> None:
    page = await dashboard.page(java_script_enabled=False)
    await page.goto("/dashboard/links?status=active&mine=1")
    await page.get_by_role("button", name="admin@acme.test").click()
    await page.get_by_role("button", name="Later").click()
    assert page.url == f"{dashboard.url}/dashboard/links?status=active&mine=1"
    assert (
        await page.get_by_text("There is no link yet.").count()
        + await page.get_by_text("No link matches.").count()
    )


async def _sign_in(page: Page, account: str) -> None:
    await page.goto("/")
    await page.get_by_role("link", name="Sign in with Google").click()
    await page.get_by_role("button", name=account).click()
    await page.get_by_role("button", name="Later").click()
    await page.get_by_role("heading", name="Hello, Ada").wait_for()


async def _make_a_page(page: Page) -> None:
    await page.get_by_role("link", name="Event types").click()
    await page.get_by_role("link", name="New event type").click()
    await page.get_by_label("Name", exact=True).fill("Intro call")
    await page.get_by_role("button", name="Create event type").click()
    await page.get_by_role("link", name="Pages").click()
    await page.get_by_role("link", name="New page").click()
    await page.get_by_label("Title").fill("Talk to Ada")
    await page.get_by_role("button", name="Create page").click()
    await page.get_by_role("heading", name="Talk to Ada", level=1).wait_for()


async def _generate_a_link(page: Page, *, scripts: bool) -> str:
    await page.goto("/dashboard")
    name = "Copy link" if scripts else "Generate a one-time link"
    await page.locator(".ticket", has_text="Meet Ada").get_by_role("button", name=name).click()
    if not scripts:
        return await page.get_by_label("The one-time link").input_value()
    await page.wait_for_function("() => document.getElementById('toast').textContent.includes('http')")
    said = await page.locator("#toast").inner_text()
    return said.partition(": ")[2]


async def _agree(page: Page, *, scripts: bool) -> None:
    if not scripts:
        await confirm(page)


async def _book(page: Page, name: str, email: str, *, scripts: bool) -> None:
    await page.locator("input[name=start]").first.check(force=True)
    await _press_onward(page)
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Email").fill(email)
    await page.get_by_role("button", name="Book").last.click()
    await _agree(page, scripts=scripts)
    await page.wait_for_url("**/manage/**")


async def _press_onward(page: Page) -> None:
    """Where scripts take one step at a time."""
    onward = page.get_by_role("button", name="Continue")
    if await onward.count() and await onward.is_visible():
        await onward.click()
