"""Days, weeks and time zones of the booking page in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.customer.screen import PHONE, choose, screen, tab_to
from tests.support.dashboard.accessibility import violations

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.support.customer.host import Host

pytestmark = pytest.mark.browser
LATER = "Later dates"


async def test_arrow_keys_go_from_free_day_to_free_day(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host) as page:
        await page.goto(f"{path}?date=2026-12-04")
        await page.locator("[data-day='2026-12-04']").focus()
        for key, day in (
            ("ArrowRight", "2026-12-07"),
            ("ArrowDown", "2026-12-14"),
            ("ArrowLeft", "2026-12-11"),
            ("ArrowUp", "2026-12-04"),
            ("Home", "2026-11-18"),
            ("End", "2026-12-25"),
            ("ArrowRight", "2026-12-25"),
        ):
            await page.keyboard.press(key)
            await expect(page.locator(f"[data-day='{day}']"), key).to_be_focused()


async def test_the_readers_zone_is_found_and_can_be_changed(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host, timezone_id="Asia/Tokyo") as page:
        await page.goto(path)
        await page.get_by_text("Tokyo time").wait_for()
        await page.get_by_text("GMT+9").wait_for()
        await page.get_by_text("21:30", exact=True).wait_for()
        await expect(page.locator("input[name=timezone]").first).to_have_attribute("value", "Asia/Tokyo")
        await _zone(page, "new york")
        await page.get_by_text("New York time").wait_for()
        await page.get_by_text("07:30", exact=True).wait_for()
        await choose(page, "2026-11-18T12:30:00Z")
        await _zone(page, "Japan")
        await page.get_by_text("21:30", exact=True).wait_for()
        assert (
            await page.locator("input[name=start]:checked").get_attribute("value") == "2026-11-18T12:30:00Z"
        )
        await page.get_by_role("button", name="Continue").click()
        await _zone(page, "Kiritimati")
        await page.get_by_role("heading", name="Thursday 19 November").wait_for()  # the same time, their date
        await expect(page.locator("[data-agreed-time]")).to_contain_text("02:30")
    async with screen(chromium, host, timezone_id="Asia/Tokyo") as page:
        await page.goto(f"{path}?timezone=Europe/Paris")
        await page.wait_for_load_state("networkidle")
        await expect(page.get_by_text("Paris time")).to_be_visible()


async def test_a_zone_in_which_the_first_free_day_is_in_later_weeks(host: Host, chromium: Browser) -> None:
    await host.change("event_type", window={"kind": "dates", "from": "2026-12-27", "to": "2027-01-05"})
    await host.change("page", schedule={"weekly": {"sun": [["22:00", "23:00"]]}})
    path = await host.path()
    async with screen(chromium, host, timezone_id="Asia/Tokyo") as page:
        await page.goto(path)
        await page.get_by_role("heading", name="December 2026 – January 2027").wait_for()
        await page.get_by_text("Monday 28 December").first.wait_for()


async def test_the_days_of_a_calendar_are_asked_for_once(host: Host, chromium: Browser) -> None:
    path = await host.path()
    asked: list[str] = []
    async with screen(chromium, host) as page:
        page.on("request", lambda request: asked.append(request.url) if "/slots?" in request.url else None)
        await page.goto(path)
        await page.wait_for_load_state("networkidle")
        for day in ("2026-11-19", "2026-11-23", "2026-11-19"):
            await page.locator(f"[data-day='{day}']").click()
        await page.get_by_role("button", name=LATER).click()
        await page.get_by_role("heading", name="December 2026 – January 2027").wait_for()
        await page.get_by_role("button", name="Earlier dates").click()
        await page.get_by_role("heading", name="November – December 2026").wait_for()
        await expect(page.get_by_role("button", name="Earlier dates")).to_be_hidden()
        await expect(page.locator("[data-status]")).to_have_text("Wednesday 18 November: 7 times available")
    assert len(asked) == 2


async def test_a_day_that_is_tapped_brings_its_times_into_sight(host: Host, chromium: Browser) -> None:
    await host.change("event_type", increment_minutes=10)
    path = await host.path()
    for scripts in (True, False):
        async with screen(
            chromium, host, viewport=PHONE, java_script_enabled=scripts, reduced_motion="reduce"
        ) as page:
            await page.goto(path)
            first = page.locator("label.slot").first
            await page.locator("[data-day='2026-12-04']").click()
            await page.get_by_text("Friday 4 December").first.wait_for()
            await expect(first).to_be_in_viewport(ratio=1)


async def test_the_keyboard_goes_from_a_day_to_its_times(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host) as page:
        await page.goto(path)
        await page.locator("[data-day='2026-12-04']").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("[data-times]")).to_be_focused()
        await tab_to(page, "input[name=start]")
        await expect(page.locator("input[name=start]").first).to_be_focused()


async def test_a_zone_is_searched_by_the_keyboard(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host) as page:
        await page.goto(path)
        await page.locator(".zone summary").focus()
        await page.keyboard.press("Enter")
        field = page.get_by_role("combobox", name="City or country")
        await expect(field).to_be_focused()
        await page.keyboard.type("portugal")
        await expect(page.get_by_role("option")).to_have_count(3)
        assert await violations(page) == []
        await page.keyboard.press("ArrowUp")
        await expect(page.get_by_role("option", selected=True)).to_contain_text("Madeira")
        await page.keyboard.press("ArrowUp")
        await expect(page.get_by_role("option", selected=True)).to_contain_text("Lisbon")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Lisbon time")).to_be_visible()
        await expect(page.locator(".zone summary")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(field).to_be_focused()
        await page.keyboard.type("atlantis")
        await expect(page.locator("[data-no-zone]")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("[data-no-zone]")).to_be_hidden()


async def test_the_clock_is_switched_without_reloading(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host) as page:
        await page.goto(path)
        await choose(page, "2026-11-18T12:30:00Z")
        await page.get_by_role("button", name="12h").click()
        await page.get_by_text("1:30 pm", exact=True).wait_for()
        await expect(page.locator("input[value='2026-11-18T12:30:00Z']")).to_be_checked()
        await page.goto(path)
        await page.get_by_text("1:30 pm", exact=True).wait_for()


async def _zone(page: Page, text: str) -> None:
    """Search for a zone and choose the first one that is found."""
    await page.locator(".zone summary").click()
    await page.get_by_label("City or country").fill(text)
    await page.get_by_role("option").first.click()
