"""A day with very many times: the way on with the one that is chosen is in sight at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.customer.host import path_of
from tests.support.customer.screen import DESKTOP, PHONE, SMALL, choose, screen
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.support.customer.host import Host

pytestmark = pytest.mark.browser
START = "2026-11-20T08:10:00Z"
SIZES = {"desk": DESKTOP, "phone": PHONE, "small": SMALL}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_what_goes_on_stays_in_sight(host: Host, chromium: Browser, scripts: bool) -> None:
    await host.change("event_type", increment_minutes=5)
    plain, personal = await host.path(), path_of(await host.link(person=CARLA))
    booked = await host.booked("2026-11-19T09:00:00Z")
    async with screen(chromium, host, java_script_enabled=scripts) as page:
        for size in SIZES.values():
            await page.set_viewport_size({"width": size["width"], "height": size["height"]})
            await page.goto(f"{personal}?date=2026-11-20")
            await _choose_in_sight(page, "Book this time")
            await page.goto(f"{booked}/reschedule?date=2026-11-20")
            await _choose_in_sight(page, "Reschedule the booking")
            await page.goto(f"{plain}?date=2026-11-20")
            if scripts or size is not DESKTOP:
                await _choose_in_sight(page, "Continue")
        await page.get_by_role("button" if scripts else "link", name="Continue").click()
        await expect(page.get_by_label("Your name")).to_be_in_viewport()


async def test_the_script_draws_the_whole_day(host: Host, chromium: Browser) -> None:
    await host.change("event_type", increment_minutes=5)
    starts = await host.deployment.customer.starts("hanna-page", "2026-11-20", "2026-11-20")
    async with screen(chromium, host) as page:
        await page.goto(f"{await host.path()}?date=2026-11-20")
        await expect(page.locator("input[name=start]")).to_have_count(len(starts))
        await expect(page.locator("[data-parts]")).to_have_count(0)


async def _choose_in_sight(page: Page, name: str) -> None:
    onward = page.locator(".stays :is(a, button)", has_text=name)
    await expect(onward).not_to_be_in_viewport()
    await choose(page, START)
    await expect(onward).to_be_in_viewport(ratio=1)
    await page.locator(f"label:has(input[value='{START}'])").click(trial=True)  # nothing covers it


async def test_there_is_nothing_to_go_on_with_where_no_time_is_free(host: Host, chromium: Browser) -> None:
    await host.change("page", schedule={"weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"))})
    path = await host.path()
    for scripts in (True, False):
        async with screen(chromium, host, java_script_enabled=scripts) as page:
            await page.goto(path)
            await page.get_by_text("There are no times available right now.").wait_for()
            await expect(page.locator(".stays")).to_be_hidden()
            await expect(page.get_by_label("Your name")).to_be_hidden()
