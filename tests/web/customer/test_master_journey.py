"""A master page in a real browser: what, then when, then who; by mouse, by keyboard, and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.api.calling import answered
from tests.support.customer.host import path_of
from tests.support.customer.screen import DESKTOP, PHONE, SMALL, choose, confirm, fits, screen, tab_to
from tests.support.customer.visitor import CARLA
from tests.support.dashboard.accessibility import violations

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.support.customer.host import Host

pytestmark = pytest.mark.browser
HANNAS, OTTOS, OTTOS_NEXT = "2026-11-19T09:00:00Z", "2026-11-19T19:00:00Z", "2026-11-19T19:30:00Z"
THURSDAY = "[data-day='2026-11-19']"


async def test_by_mouse_at_a_desk_though_the_time_was_just_taken(
    host: Host, master: Any, chromium: Browser
) -> None:
    path = path_of(await host.api.new_link(master))
    async with screen(chromium, host, viewport=DESKTOP, color_scheme="light") as page:
        await page.goto(path)
        await _names_nobody(page)
        assert await violations(page) == []
        await page.get_by_role("link", name="Half an hour").click()
        await page.locator(THURSDAY).click()
        await expect(page.locator(f"input[value='{HANNAS}']")).to_have_count(1)
        await choose(page, OTTOS)
        await _names_nobody(page)
        assert await violations(page) == []
        await page.get_by_role("button", name="Continue").click()
        await _type_details(page)
        await _book_elsewhere(host, OTTOS)
        await page.get_by_role("button", name="Book this time").click()

        await page.get_by_text("That time was just taken. These are still available.").wait_for()
        await expect(page.locator("[role=alert]")).to_be_focused()
        await expect(page.locator(f"input[value='{OTTOS}']")).to_have_count(0)
        assert await violations(page) == []
        await choose(page, OTTOS_NEXT)
        await page.get_by_role("button", name="Continue").click()
        await _has_details(page)
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
        await expect(page.get_by_text("with Otto Other")).to_be_visible()
        assert await violations(page) == []
        ticket = page.url
        await page.goto(path)
        assert page.url == ticket


async def test_by_keyboard_alone_on_a_phone_with_the_name_before_or_after(
    host: Host, master: Any, chromium: Browser
) -> None:
    async with screen(chromium, host, viewport=PHONE, color_scheme="dark") as page:
        for setting, is_named in (("after", False), ("before", True)):
            answered(await host.api.patch(f"/master-pages/{master['id']}", {"host_name": setting}))
            await page.goto("/talk-to-us")
            assert await violations(page) == []
            await _names_nobody(page)
            await tab_to(page, "li + li .offer")
            await page.keyboard.press("Enter")
            await page.get_by_role("heading", name="A whole hour").wait_for()
            await page.wait_for_load_state()
            await page.locator(".fold summary").click()
            await expect(page.get_by_text("with Hanna Host")).to_be_visible(visible=is_named)
        assert await violations(page) == []
        assert await fits(page)
        await tab_to(page, THURSDAY)
        await page.keyboard.press("Enter")
        await page.get_by_text("Thursday 19 November").first.wait_for()
        await tab_to(page, "input[name=start]")
        await page.keyboard.press("Space")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")  # goes on, and books nothing yet
        await expect(page.locator("[data-agreed-heading]")).to_be_focused()
        assert await violations(page) == []
        await tab_to(page, "#name")
        await page.keyboard.type(CARLA["name"])
        await page.keyboard.press("Tab")
        await page.keyboard.type(CARLA["email"])
        await page.keyboard.press("Enter")
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
        await expect(page.get_by_text("with Hanna Host")).to_be_visible()
        assert await violations(page) == []
        assert await fits(page)
    [booking] = await host.bookings()
    assert booking["start"] == HANNAS


async def test_without_scripts_and_moved_it_stays_with_its_host(
    host: Host, master: Any, chromium: Browser
) -> None:
    path = path_of(await host.api.new_link(master))
    async with screen(chromium, host, viewport=SMALL, java_script_enabled=False) as page:
        await page.goto(path)
        await page.get_by_role("link", name="A whole hour").click()
        await page.locator(".fold summary").click()
        await expect(page.get_by_text("with Hanna Host")).to_be_visible()
        await page.get_by_role("link", name="Choose something else").click()
        await page.get_by_role("link", name="Half an hour").click()
        await page.get_by_role("heading", name="Half an hour").wait_for()
        await page.wait_for_load_state()
        await _names_nobody(page)
        await page.get_by_role("link", name="Thursday 19 November").click()
        await choose(page, OTTOS)
        await _type_details(page)
        await _book_elsewhere(host, OTTOS)
        await page.get_by_role("button", name="Book this time").last.click()
        await page.get_by_text("That time was just taken. These are still available.").wait_for()
        assert await fits(page)
        await _has_details(page)
        await choose(page, OTTOS_NEXT)
        await page.get_by_role("button", name="Book this time").last.click()
        await page.get_by_text("Book this time?").wait_for()
        await _names_nobody(page)
        await confirm(page)
        await page.get_by_text("with Otto Other").wait_for()

        await page.get_by_role("link", name="Reschedule").click()
        await page.get_by_role("button", name="Reschedule the booking").last.wait_for()
        await expect(page.locator(f"input[value='{HANNAS}']")).to_have_count(0)
        await page.get_by_role("link", name="Thursday 26 November").click()
        await choose(page, "2026-11-26T19:00:00Z")
        await page.get_by_role("button", name="Reschedule the booking").last.click()
        await page.get_by_text("Reschedule this booking?").wait_for()
        await confirm(page)
        await page.get_by_text("Your booking was rescheduled", exact=True).wait_for()
        await expect(page.get_by_text("with Otto Other")).to_be_visible()
        assert await fits(page)


async def _names_nobody(page: Page) -> None:
    text = await page.locator("body").inner_text()
    assert "Hanna" not in text
    assert "Otto" not in text


async def _type_details(page: Page) -> None:
    await page.get_by_label("Your name").fill(CARLA["name"])
    await page.get_by_label("Email").fill(CARLA["email"])


async def _has_details(page: Page) -> None:
    await expect(page.get_by_label("Your name")).to_have_value(CARLA["name"])
    await expect(page.get_by_label("Email")).to_have_value(CARLA["email"])


async def _book_elsewhere(host: Host, start: str) -> None:
    """Somebody else books the same page's time meanwhile."""
    await host.deployment.customer.booked("talk-to-us", start, event_type=host.event_type["id"])
