"""Booking with a mailed code, in a real browser: inside the form, without scripts on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.customer.email_codes import another, code_of
from tests.support.customer.host import a_host
from tests.support.customer.screen import DESKTOP, PHONE, SMALL, TARGETS, choose, fits, screen
from tests.support.customer.visitor import CARLA
from tests.support.dashboard.accessibility import violations

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.support.api.deployment import Deployment
    from tests.support.customer.host import Host

pytestmark = pytest.mark.browser
PATH = "/hanna-page?date=2026-11-20"
TEN = "2026-11-20T09:00:00Z"
ELEVEN = "2026-11-20T10:00:00Z"


@pytest.fixture
async def host(deployment: Deployment) -> Host:
    """A host whose page asks."""
    return await a_host(deployment, confirm_email=True)


async def fill(page: Page) -> None:
    """Choose a time, and fill in the details."""
    await page.goto(PATH)
    await choose(page, TEN)
    if await page.get_by_role("button", name="Continue").is_visible():
        await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Your name").fill(CARLA["name"])
    await page.get_by_label("Email").fill(CARLA["email"])
    await page.get_by_label("Anything we should know?").fill("Ring twice")


async def press(page: Page, name: str = "Book this time") -> None:
    """Press a button that is seen."""
    await page.locator(f"button:has-text('{name}'):not(.first)").last.click()


async def told(page: Page, address: str = CARLA["email"]) -> None:
    """Wait until the page says that it sent a code to the address."""
    await page.get_by_role("paragraph").filter(has_text=f"We sent a code to {address}").wait_for()


@pytest.mark.parametrize(
    "window",
    [{"viewport": DESKTOP}, {"viewport": PHONE, "color_scheme": "dark"}],
    ids=["desk", "dark-phone"],
)
async def test_the_form_asks_for_the_code_inline(host: Host, chromium: Browser, window: Any) -> None:
    async with screen(chromium, host, **window) as page:
        await fill(page)
        assert not await page.get_by_text("We sent a code").is_visible()
        await press(page)
        await told(page)
        code = page.get_by_label("Code")
        await expect(code).to_be_focused()
        assert await code.get_attribute("inputmode") == "numeric"
        assert await code.get_attribute("autocomplete") == "one-time-code"
        assert await violations(page) == []
        assert await fits(page)
        assert await page.evaluate(TARGETS) == []
        async with page.expect_response(lambda answer: answer.url.endswith("/confirm")) as again:
            await press(page, "Send again")
        assert (await again.value).status == 202
        await expect(page.get_by_label("Your name")).to_have_value(CARLA["name"])
        await code.fill(await code_of(host.deployment, host.page))
        await press(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
    [booking] = await host.bookings()
    assert (booking["start"], booking["person"], booking["notes"]) == (TEN, CARLA, "Ring twice")


async def test_another_address_gets_a_code_of_its_own(host: Host, chromium: Browser) -> None:
    async with screen(chromium, host) as page:
        await fill(page)
        await press(page)
        await told(page)
        await page.get_by_label("Email").fill("nina@customer.test")
        await page.get_by_label("Code").fill("123456")
        await press(page)
        await told(page, "nina@customer.test")
        await page.get_by_label("Code").fill(await code_of(host.deployment, host.page, "nina@customer.test"))
        await press(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()


async def test_a_wrong_code_and_a_time_that_is_gone_keep_everything(host: Host, chromium: Browser) -> None:
    async with screen(chromium, host) as page:
        await fill(page)
        await press(page)
        await told(page)
        code = await code_of(host.deployment, host.page)
        await page.get_by_label("Code").fill(another(code))
        await press(page)
        await page.get_by_role("alert").wait_for()
        assert await violations(page) == []
        await host.deployment.customer.booked((await host.link())["code"], TEN)
        await page.get_by_label("Code").fill(code)
        await press(page)
        await page.get_by_text("That time was just taken.").wait_for()
        await choose(page, ELEVEN)
        await page.get_by_role("button", name="Continue").click()
        await expect(page.get_by_label("Code")).to_have_value(code)
        await press(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
    assert {booking["start"] for booking in await host.bookings()} == {TEN, ELEVEN}


async def test_if_the_code_cannot_be_asked_for_inline_a_page_asks(host: Host, chromium: Browser) -> None:
    async with screen(chromium, host) as page:
        await page.route("**/confirm", lambda route: route.fulfill(status=404))
        await fill(page)
        await press(page)
        await page.get_by_text("Nothing is booked yet.").wait_for()
        await page.get_by_label("Code").fill(await code_of(host.deployment, host.page))
        await press(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()


@pytest.mark.parametrize(
    "window",
    [{"viewport": DESKTOP}, {"viewport": SMALL, "color_scheme": "dark"}],
    ids=["desk", "dark-small"],
)
async def test_without_scripts_a_page_of_its_own_asks(host: Host, chromium: Browser, window: Any) -> None:
    async with screen(chromium, host, java_script_enabled=False, **window) as page:
        await fill(page)
        await press(page)
        await told(page)
        assert await fits(page)
        await press(page, "Send again")
        await told(page)
        await page.get_by_label("Code").fill(another(await code_of(host.deployment, host.page)))
        await press(page)
        await page.get_by_role("alert").wait_for()
        await page.get_by_label("Code").fill(await code_of(host.deployment, host.page))
        await press(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
    [booking] = await host.bookings()
    assert (booking["start"], booking["person"], booking["notes"]) == (TEN, CARLA, "Ring twice")


async def test_a_script_asks_in_the_language_of_the_page(host: Host, chromium: Browser) -> None:
    await host.change("page", locale="en")
    async with screen(chromium, host, locale="fr-FR") as page:
        await fill(page)
        async with page.expect_request(lambda request: request.url.endswith("/confirm")) as asked:
            await press(page)
        assert await (await asked.value).header_value("Accept-Language") == "en"
        await told(page)
