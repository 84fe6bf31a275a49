"""The connection is lost while a form is sent: it stays as typed, and sent again it is carried out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.customer.screen import DESKTOP, PHONE, choose, fits, screen
from tests.support.customer.visitor import CARLA
from tests.support.dashboard.accessibility import violations
from tests.support.flaky_link import Cut
from tests.web.customer.test_lost_answers import Broken, broken, known_scripts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Browser, Locator, Page, Route

    from tests.support.customer.host import Host

__all__ = ["broken"]
pytestmark = pytest.mark.browser
TEN = "2026-11-20T09:00:00Z"
ELEVEN = "2026-11-20T10:00:00Z"
FAILS = ("Failed to load resource",)
PORTAL = "<!doctype html><title>Hotel</title><main><h1 class='heading'>Sign in</h1></main>"


async def lose_answer(route: Route) -> None:
    """Let the server do it, and cut the connection before its answer."""
    await route.fetch(max_redirects=0)
    await route.abort("connectionreset")


def answer_with(**answer: Any) -> Callable[[Route], Awaitable[None]]:
    """Answer in the place of the server, which never gets the form."""

    async def answered(route: Route) -> None:
        await route.fulfill(**answer)

    return answered


async def next_form(page: Page, happens: Callable[[Route], Awaitable[None]]) -> None:
    """Let this happen to the next form that the page sends, once."""
    left = [happens]

    async def happen(route: Route) -> None:
        is_form = route.request.method == "POST" and "/api/" not in route.request.url
        await (left.pop()(route) if is_form and left else route.continue_())

    await page.route("**/*", happen)


def why(page: Page) -> Locator:
    """The words beside the button."""
    return page.locator(".onward [role=alert]")


async def fill(page: Page, path: str) -> None:
    """Choose a time, and fill in the details."""
    await page.goto(f"{path}?date=2026-11-20")
    await choose(page, TEN)
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Your name").fill(CARLA["name"])
    await page.get_by_label("Email").fill(CARLA["email"])
    await page.get_by_label("Anything we should know?").fill("Ring twice")


async def book(page: Page) -> None:
    """Press the button."""
    await page.locator("[data-who] .onward .button").click()


async def try_again(page: Page) -> None:
    """Press the button, which says so now."""
    await page.get_by_role("button", name="Try again").click()


async def is_booked_once(host: Host, page: Page) -> None:
    """The ticket is shown, and there is one booking, as it was typed."""
    await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
    [booking] = await host.bookings()
    assert (booking["start"], booking["person"], booking["notes"]) == (TEN, CARLA, "Ring twice")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
async def test_offline(host: Host, chromium: Browser, viewport: dict[str, int]) -> None:
    path = await host.path()
    async with screen(chromium, host, expected=FAILS, viewport=viewport) as page:
        await fill(page, path)
        await page.context.set_offline(True)
        await book(page)
        await expect(why(page)).to_contain_text("You're offline.")
        await expect(why(page)).to_be_in_viewport()
        await expect(page.get_by_label("Anything we should know?")).to_have_value("Ring twice")
        await expect(page.get_by_role("button", name="Try again")).to_be_focused()
        assert await violations(page) == []
        assert await fits(page)
        await page.context.set_offline(False)
        await try_again(page)
        await is_booked_once(host, page)


@pytest.mark.parametrize("kind", ["general", "one-time"])
async def test_the_answer_is_lost_after_the_server_has_booked(
    host: Host, chromium: Browser, kind: str
) -> None:
    path = "/hanna-page" if kind == "general" else await host.path()
    async with screen(chromium, host, expected=FAILS) as page:
        await fill(page, path)
        await next_form(page, lose_answer)
        await book(page)
        await expect(why(page)).to_contain_text("The connection was lost.")
        assert len(await host.bookings()) == 1
        await try_again(page)
        await is_booked_once(host, page)
        await page.go_back()
        if kind == "one-time":  # this browser has booked by it
            await page.get_by_text("Your booking is confirmed", exact=True).wait_for()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 502, "body": PORTAL, "content_type": "text/html"}, "can't be reached right now"),
        ({"status": 503, "body": "{}", "headers": {"Retry-After": "7"}}, "try again in 7 seconds."),
        ({"status": 429, "body": "Slow down", "headers": {"Retry-After": "1"}}, "try again in 1 second."),
        ({"status": 200, "body": PORTAL, "content_type": "text/html"}, "can't be reached right now"),
        ({"status": 200, "body": "ok", "content_type": "text/plain"}, "can't be reached right now"),
    ],
    ids=["502", "503", "429", "portal", "not HTML"],
)
async def test_somebody_else_answers(
    host: Host, chromium: Browser, answer: dict[str, Any], words: str
) -> None:
    path = await host.path()
    async with screen(chromium, host, expected=FAILS) as page:
        await fill(page, path)
        await next_form(page, answer_with(**answer))
        await book(page)
        await expect(why(page)).to_contain_text(words)
        assert await host.bookings() == []
        await try_again(page)
        await is_booked_once(host, page)


async def test_no_answer_comes(host: Host, chromium: Browser) -> None:
    path = await host.path()

    async def hang(route: Route) -> None:
        """The server books, and its answer never arrives."""
        await route.fetch(max_redirects=0)

    async with screen(chromium, host, expected=FAILS) as page:
        await page.clock.install()
        await fill(page, path)
        await next_form(page, hang)
        await book(page)
        await expect(page.locator("form.sending")).to_be_attached()
        await page.clock.fast_forward(15_000)
        await expect(why(page)).to_contain_text("No answer came in time.")
        await try_again(page)
        await is_booked_once(host, page)


async def test_the_server_loses_its_database(broken: Broken, chromium: Browser) -> None:
    await known_scripts(broken)
    host = broken.host
    async with screen(chromium, host, expected=FAILS) as page:
        await fill(page, "/hanna-page")
        before = len(await host.bookings())
        broken.lose("book", Cut.AFTER)
        await book(page)
        await expect(why(page)).to_contain_text("The connection was lost. You can safely try again.")
        await try_again(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
    assert len(await host.bookings()) == before + 1


async def test_a_refused_form_is_shown_in_place(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host) as page:
        await fill(page, path)
        await host.deployment.customer.booked((await host.link())["code"], TEN)
        await book(page)
        await expect(page.get_by_role("alert")).to_contain_text("That time was just taken.")
        await expect(page.locator("[data-summary]")).to_be_focused()
        await choose(page, ELEVEN)
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_role("button", name="Choose another time").click()
        await expect(page.locator("[data-when]")).to_be_visible()
        await page.get_by_role("button", name="Continue").click()
        await expect(page.get_by_label("Anything we should know?")).to_have_value("Ring twice")
        await book(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
        assert await page.title() == "Your booking is confirmed: Half an hour"


async def test_a_move_and_a_cancellation(host: Host, chromium: Browser) -> None:
    manage = await host.booked(TEN)
    async with screen(chromium, host, expected=FAILS) as page:
        await page.goto(f"{manage}/reschedule")
        await choose(page, ELEVEN)
        await page.get_by_label("Reason").fill("Later")
        await next_form(page, lose_answer)
        await page.get_by_role("button", name="Reschedule the booking").last.click()
        await expect(why(page)).to_be_visible()
        await expect(page.get_by_label("Reason")).to_have_value("Later")
        await try_again(page)
        await page.get_by_text("Your booking was rescheduled", exact=True).wait_for()
        [booking] = await host.bookings()
        assert (booking["start"], booking["reschedules"]) == (ELEVEN, 1)

        await page.get_by_role("link", name="Cancel").click()
        await page.get_by_label("Reason").fill("Ill")
        await page.get_by_label("Yes, cancel it").check()
        await next_form(page, lose_answer)
        await page.get_by_role("button", name="Cancel the booking").click()
        await expect(why(page)).to_be_visible()
        await expect(page.get_by_label("Reason")).to_have_value("Ill")
        assert await violations(page) == []
        await try_again(page)
        await page.get_by_text("Your booking was cancelled", exact=True).wait_for()
    assert {booking["status"] for booking in await host.bookings()} == {"cancelled"}
