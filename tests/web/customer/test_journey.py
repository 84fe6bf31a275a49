"""From the link to the cancelled booking in a real browser, with and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.customer.host import path_of
from tests.support.customer.screen import DESKTOP, PHONE, SMALL, choose, confirm, fits, screen, tab_to
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.support.customer.host import Host

pytestmark = pytest.mark.browser
PLACES: dict[str, dict[str, Any]] = {
    "paris-desk": {"timezone_id": "Europe/Paris", "viewport": DESKTOP},
    "kiritimati-phone": {"timezone_id": "Pacific/Kiritimati", "viewport": PHONE},
    "pago-pago-small": {"timezone_id": "Pacific/Pago_Pago", "viewport": SMALL, "locale": "en-US"},
}
STARTS = {
    "paris-desk": ("2026-12-03T09:30:00Z", "2026-12-03T10:30:00Z"),
    "kiritimati-phone": ("2026-12-03T08:30:00Z", "2026-12-03T09:30:00Z"),  # the evening of the 3rd
    "pago-pago-small": ("2026-12-03T11:30:00Z", "2026-12-03T12:30:00Z"),  # the first hours of the 3rd
}
LATER = "Later dates"


@pytest.mark.parametrize("place", PLACES)
async def test_book_move_and_cancel(host: Host, chromium: Browser, place: str) -> None:
    path = await host.path()
    first, second = STARTS[place]
    async with screen(chromium, host, **PLACES[place]) as page:
        await page.goto(path)
        await page.locator("[data-day='2026-12-03']").click()
        await choose(page, first)
        await page.get_by_role("button", name="Continue").click()
        heading = await page.locator("[data-agreed-heading]").inner_text()
        assert await fits(page)
        await page.get_by_label("Your name").fill(CARLA["name"])
        await page.get_by_label("Email").fill(CARLA["email"])
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
        day = heading.splitlines()[0]
        shown = (await page.locator(".when-large").inner_text()).replace(",", "")
        assert all(word in shown for word in day.replace(",", "").split())
        assert await fits(page)

        await page.get_by_role("link", name="Reschedule").click()
        assert await fits(page)
        await choose(page, second)
        await page.get_by_role("button", name="Reschedule the booking").click()
        await page.get_by_text("Your booking was rescheduled", exact=True).wait_for()

        await page.get_by_role("link", name="Cancel").click()
        await page.get_by_label("Yes, cancel it").check()
        await page.get_by_role("button", name="Cancel the booking").click()
        await page.get_by_text("Your booking was cancelled", exact=True).wait_for()
    [booking] = await host.bookings()
    assert booking["timezone"] == PLACES[place]["timezone_id"]
    assert (booking["start"], booking["status"]) == (second, "cancelled")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
async def test_book_move_and_cancel_without_scripts(
    host: Host, chromium: Browser, viewport: dict[str, int]
) -> None:
    path = await host.path()
    async with screen(chromium, host, viewport=viewport, java_script_enabled=False) as page:
        await page.goto(path)
        await page.get_by_role("link", name="Thursday 3 December").click()
        await choose(page, "2026-12-03T09:30:00Z")
        await page.get_by_label("Your name").fill(CARLA["name"])
        await page.get_by_label("Email").fill(CARLA["email"])
        assert await fits(page)
        await page.get_by_role("button", name="Book this time").last.click()
        await page.get_by_text("Book this time?").wait_for()
        assert await fits(page)
        await confirm(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
        await page.get_by_role("link", name="Reschedule").click()
        await choose(page, "2026-12-03T10:30:00Z")
        await page.get_by_role("button", name="Reschedule the booking").last.click()
        await page.get_by_text("Reschedule this booking?").wait_for()
        await confirm(page)
        await page.get_by_text("Your booking was rescheduled", exact=True).wait_for()
        await page.get_by_role("link", name="Cancel").click()
        await page.get_by_label("Yes, cancel it").check()
        await page.get_by_role("button", name="Cancel the booking").click()
        await page.get_by_text("Nothing has changed yet.").wait_for()
        await confirm(page)
        await page.get_by_text("Your booking was cancelled", exact=True).wait_for()
    [booking] = await host.bookings()
    assert booking["status"] == "cancelled"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_by_the_keyboard_alone(host: Host, chromium: Browser, scripts: bool) -> None:
    path = await host.path()
    async with screen(chromium, host, java_script_enabled=scripts) as page:
        await page.goto(path)
        await tab_to(page, "[data-day='2026-11-20']")
        await page.keyboard.press("Enter")
        await page.get_by_text("Friday 20 November").first.wait_for()
        await tab_to(page, "input[value='2026-11-20T08:00:00Z'], input[name=start]")
        await page.keyboard.press("Space")
        await page.keyboard.press("ArrowDown")
        await expect(page.locator("input[value='2026-11-20T08:30:00Z']:checked")).to_be_focused()
        if scripts:
            await page.keyboard.press("Enter")  # goes on, and books nothing yet
            await expect(page.locator("[data-agreed-heading]")).to_be_focused()
        await tab_to(page, "#name")
        await page.keyboard.type(CARLA["name"])
        await page.keyboard.press("Tab")
        await page.keyboard.type(CARLA["email"])
        await page.keyboard.press("Enter")
        if not scripts:
            await _agree(page, "Book this time?")
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
        [booking] = await host.bookings()
        assert booking["start"] == "2026-11-20T08:30:00Z"

        await tab_to(page, "a[href$='/reschedule']")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/reschedule")
        await tab_to(page, "input[name=start]")
        await page.keyboard.press("Space")
        await tab_to(page, ".stays .button")
        await page.keyboard.press("Enter")
        if not scripts:
            await _agree(page, "Reschedule this booking?")
        await page.get_by_text("Your booking was rescheduled", exact=True).wait_for()
        await tab_to(page, "a[href$='/cancel']")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/cancel")
        await tab_to(page, "#sure")
        await page.keyboard.press("Space")
        await tab_to(page, ".onward .button")
        await page.keyboard.press("Enter")
        if not scripts:
            await _agree(page, "Nothing has changed yet.")
        await page.get_by_text("Your booking was cancelled", exact=True).wait_for()
    [booking] = await host.bookings()
    assert (booking["start"], booking["status"]) == ("2026-11-20T08:00:00Z", "cancelled")


async def test_a_link_is_opened_by_a_person_only(host: Host, chromium: Browser) -> None:
    link = await host.link()
    async with screen(chromium, host) as page:
        await page.goto(path_of(link))
        await page.evaluate("dispatchEvent(new Event('pointermove'))")
        await page.evaluate("scrollBy(0, 100)")
        assert (await host.links())[0]["opened_at"] is None
        async with page.expect_response(lambda answer: answer.url.endswith("/opened")) as noted:
            await page.mouse.move(200, 200)
        assert (await noted.value).status == 204
        await page.mouse.move(300, 300)
    assert (await host.links())[0]["opened_at"] is not None


async def test_the_second_visitor_is_refused_and_the_first_led_to_the_ticket(
    host: Host, chromium: Browser
) -> None:
    path = path_of(await host.link(person=CARLA))
    async with screen(chromium, host) as first, screen(chromium, host) as second:
        await first.goto(path)
        await second.goto(path)
        for page in (first, second):
            await choose(page, "2026-11-18T12:30:00Z")
            await page.get_by_role("button", name="Book this time").last.click()
        await first.get_by_text("Your booking is confirmed", exact=True).wait_for()
        await second.get_by_text("This link has already been used.").wait_for()
        await first.goto(path)
        assert "/manage/" in first.url
        await second.get_by_label("The email you booked with").fill(CARLA["email"])
        await second.get_by_role("button", name="Email it to me").click()
        await second.get_by_role("heading", name="Check your email").wait_for()


async def test_a_link_that_is_used_while_it_is_looked_at_says_so(host: Host, chromium: Browser) -> None:
    link = await host.link()
    async with screen(chromium, host) as page:
        await page.goto(path_of(link))
        await host.deployment.customer.booked(link["code"], "2026-11-19T09:00:00Z")
        await page.get_by_role("button", name=LATER).click()
        await page.get_by_text("This link has already been used.").wait_for()


async def test_a_time_that_was_just_taken(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host) as page:
        await page.goto(f"{path}?date=2026-11-19")
        await choose(page, "2026-11-19T09:00:00Z")
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_label("Your name").fill(CARLA["name"])
        await page.get_by_label("Email").fill(CARLA["email"])
        await host.booked("2026-11-19T09:00:00Z")
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_text("That time was just taken. These are still available.").wait_for()
        await expect(page.locator("[role=alert]")).to_be_focused()
        await choose(page, "2026-11-19T09:30:00Z")
        await page.get_by_role("button", name="Continue").click()
        await expect(page.get_by_label("Your name")).to_have_value(CARLA["name"])
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()


async def test_a_field_that_is_wrong_is_led_to(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host) as page:
        await page.goto(path)
        await page.get_by_role("button", name="Continue").click()
        await expect(page.get_by_text("Choose a time.").first).to_be_visible()
        await choose(page, "2026-11-18T12:30:00Z")
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_label("Your name").fill(CARLA["name"])
        await page.get_by_label("Email").fill("carla@customer")  # which browsers let pass
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_role("link", name="Email: Enter a valid email address").click()
        await expect(page.locator("#email[aria-invalid=true]")).to_be_focused()
        await page.get_by_label("Email").fill(CARLA["email"])
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()


async def test_going_back_leads_through_the_steps(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host) as page:
        await page.goto(path)
        await choose(page, "2026-11-18T12:30:00Z")
        await page.get_by_role("button", name="Continue").click()
        await expect(page.locator("[data-when]")).to_be_hidden()
        await page.go_back()
        await expect(page.locator("[data-when]")).to_be_visible()
        await expect(page.get_by_text("Wednesday 18 November, 13:30–14:00")).to_be_visible()
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_role("button", name="Choose another time").click()
        await expect(page.locator("[data-when]")).to_be_visible()
        await expect(page.get_by_label("Your name")).to_be_hidden()


async def test_the_page_works_where_its_scripts_do_not_arrive(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host) as page:
        await page.route(
            "**/customer.js", lambda route: route.fulfill(status=200, body="", content_type="text/javascript")
        )
        await page.goto(path)
        await expect(page.get_by_label("Your name")).to_be_hidden()
        await choose(page, "2026-11-18T12:30:00Z")
        await page.get_by_label("Your name").fill(CARLA["name"])
        await page.get_by_label("Email").fill(CARLA["email"])
        await page.get_by_role("button", name="Book this time").last.click()
        await page.get_by_text("Book this time?").wait_for()
        await confirm(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()


async def _agree(page: Page, text: str) -> None:
    """Agree on the confirming page by the keyboard."""
    await page.get_by_text(text).wait_for()
    await tab_to(page, "#sure")
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")
