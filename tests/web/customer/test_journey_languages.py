"""From the link to the cancelled booking in a real browser, in every language."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from admitone.texts.catalogues import ENGLISH, languages, read_catalogue
from tests.support.customer.screen import DESKTOP, PHONE, choose, fits, screen
from tests.support.customer.visitor import CARLA
from tests.support.dashboard.accessibility import violations
from tests.support.sizes import FULL

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.support.customer.host import Host

pytestmark = [pytest.mark.browser, pytest.mark.soak]
LOOKS = list(product((DESKTOP, PHONE), ("light", "dark"), (True, False)))
"""Windows, colour schemes, and whether scripts run."""
SPOKEN = languages("customer")
JOURNEYS = [
    pytest.param(
        language, *look, id=f"{language}-{look[0]['width']}-{look[1]}-{'no-' * (not look[2])}scripts"
    )
    for place, language in enumerate(SPOKEN)
    for number, look in enumerate(LOOKS)
    if FULL or number == place % len(LOOKS)
]
"""Every language in one look, each in another one; at full size every language in every look."""
NINE, TEN = "2026-12-03T09:30:00Z", "2026-12-03T10:30:00Z"


class Looked:
    """Looks at each page of a journey: no English, no fault that axe knows, and no wider than the window."""

    def __init__(self, page: Page, language: str) -> None:
        self._page = page
        catalogue = read_catalogue(language, "customer") if language != ENGLISH else ()
        self._english = {str(entry.id) for entry in catalogue if entry.id and entry.id != entry.string}

    async def at(self, step: str) -> None:
        """The page of this step."""
        lines = {line.strip() for line in (await self._page.inner_text("body")).splitlines()}
        assert lines & self._english == set(), step
        assert await violations(self._page) == [], step
        assert await fits(self._page), step


@pytest.mark.parametrize(("language", "viewport", "scheme", "scripts"), JOURNEYS)
async def test_book_move_and_cancel(
    host: Host, chromium: Browser, language: str, viewport: dict[str, int], scheme: str, scripts: bool
) -> None:
    path = await host.path()
    look: dict[str, Any] = {"viewport": viewport, "color_scheme": scheme, "expected": ("Failed to load",)}
    async with screen(chromium, host, locale=language, **look) as page:
        if not scripts:  # axe itself needs a browser that runs scripts: so only ours are kept away
            await page.route("**/customer.js", lambda route: route.abort())
        looked = Looked(page, language)
        await page.goto(path)
        await looked.at("calendar")
        assert await _runs(page, "th") == await _runs(page, ".months > *") == (language == "ar")
        await page.locator("[data-day='2026-12-03']").click()
        await choose(page, NINE)
        assert await _runs(page, "label.slot:nth-child(-n+2)") == (language == "ar")
        if scripts:
            await page.locator(".onward .button:visible").click()
        await page.locator("#name").fill(CARLA["name"])
        await page.locator("#email").fill(CARLA["email"])
        await looked.at("details")
        await _send(page, scripts=scripts)
        await page.wait_for_url(_is_ticket)
        await looked.at("ticket")

        await page.locator("a[href$='/reschedule']").click()
        await choose(page, TEN)
        await looked.at("rescheduling")
        await _send(page, scripts=scripts)
        await page.wait_for_url(_is_ticket)
        await looked.at("rescheduled")

        await page.locator("a[href$='/cancel']").click()
        await page.locator("input[type=checkbox]").check()
        await looked.at("cancelling")
        await _send(page, scripts=scripts)
        await page.wait_for_url(_is_ticket)
        await looked.at("cancelled")
    [booking] = await host.bookings()
    assert (booking["start"], booking["status"]) == (TEN, "cancelled")


def _is_ticket(address: str) -> bool:
    *_, kind, _ = urlsplit(address).path.split("/")
    return kind == "manage"


async def _send(page: Page, *, scripts: bool) -> None:
    """Send the form; without scripts a page asks to confirm it."""
    await page.locator(".onward .button:visible").last.click()
    if not scripts:
        await page.locator("input[type=checkbox]").check()
        await page.locator(".onward .button").click()


async def _runs(page: Page, selector: str) -> bool:
    """Whether the elements that are seen run from right to left, from the first to the last."""
    places: list[float] = await page.locator(selector).evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().x)"
    )
    assert len(places) > 1
    return places[0] > places[-1]
