"""Days, months and time zones of the booking page in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.customer.screen import choose, screen

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.customer.host import Host

pytestmark = pytest.mark.browser
LATER = "Next month"


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
            ("Home", "2026-12-01"),
            ("End", "2026-12-31"),
            ("ArrowRight", "2026-12-31"),
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
        await page.locator("summary").click()
        await page.get_by_label("Show times in").select_option("America/New_York")
        await page.get_by_text("New York time").wait_for()
        await page.get_by_text("07:30", exact=True).wait_for()
        await choose(page, "2026-11-18T12:30:00Z")
        await page.get_by_label("Show times in").select_option("Asia/Tokyo")
        await page.get_by_text("21:30", exact=True).wait_for()
        assert (
            await page.locator("input[name=start]:checked").get_attribute("value") == "2026-11-18T12:30:00Z"
        )
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_label("Show times in").select_option("Pacific/Kiritimati")
        await page.get_by_role("heading", name="Thursday 19 November").wait_for()  # the same time, their date
        await expect(page.locator("[data-agreed-time]")).to_contain_text("02:30")
    async with screen(chromium, host, timezone_id="Asia/Tokyo") as page:
        await page.goto(f"{path}?timezone=Europe/Paris")
        await page.wait_for_load_state("networkidle")
        await expect(page.get_by_text("Paris time")).to_be_visible()


async def test_a_zone_in_which_the_first_free_day_is_in_the_next_month(host: Host, chromium: Browser) -> None:
    await host.change("event_type", window={"kind": "dates", "from": "2026-11-30", "to": "2026-12-10"})
    await host.change("page", schedule={"weekly": {"mon": [["22:00", "23:00"]]}})
    path = await host.path()
    async with screen(chromium, host, timezone_id="Asia/Tokyo") as page:
        await page.goto(path)
        await page.get_by_role("heading", name="December 2026").wait_for()
        await page.get_by_text("Tuesday 1 December").first.wait_for()


async def test_the_days_of_a_month_are_asked_for_once(host: Host, chromium: Browser) -> None:
    path = await host.path()
    asked: list[str] = []
    async with screen(chromium, host) as page:
        page.on("request", lambda request: asked.append(request.url) if "/slots?" in request.url else None)
        await page.goto(path)
        await page.wait_for_load_state("networkidle")
        for day in ("2026-11-19", "2026-11-23", "2026-11-19"):
            await page.locator(f"[data-day='{day}']").click()
        await page.get_by_role("button", name=LATER).click()
        await page.get_by_role("heading", name="December 2026").wait_for()
        await page.get_by_role("button", name="Previous month").click()
        await page.get_by_role("heading", name="November 2026").wait_for()
        await expect(page.get_by_role("button", name="Previous month")).to_be_hidden()
        await expect(page.locator("[data-status]")).to_have_text("Wednesday 18 November: 7 free times")
    assert len(asked) == 2
