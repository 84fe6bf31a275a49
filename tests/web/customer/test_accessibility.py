"""axe finds nothing on any page, light or dark; everything fits, and is large enough to be hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.async_api import expect

from tests.support.customer.screen import DESKTOP, PHONE, SMALL, TARGETS, fits, screen
from tests.support.customer.states import every_state
from tests.support.customer.visitor import CARLA
from tests.support.dashboard.accessibility import violations

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, ViewportSize

    from tests.support.customer.host import Host

Scheme = Literal["light", "dark"]

pytestmark = pytest.mark.browser
VIEWPORTS: list[ViewportSize] = [SMALL, PHONE, DESKTOP, {"width": 1920, "height": 1080}]
MOVING = """[...document.querySelectorAll("*")]
  .filter((one) => getComputedStyle(one).transitionDuration !== "0s").length"""
FOCUS = """(one) => {
  one.focus();
  const style = getComputedStyle(one.matches(".slot input") ? one.nextElementSibling : one);
  return one.matches(":focus-visible") ? `${style.outlineStyle} ${style.outlineWidth}` : "unseen";
}"""


@pytest.mark.parametrize(
    ("schemes", "scripts"), [(("light", "dark"), True), (("dark",), False)], ids=["scripts", "no-scripts"]
)
async def test_axe_finds_nothing(
    host: Host, chromium: Browser, schemes: tuple[Scheme, ...], scripts: bool
) -> None:
    found: list[str] = []
    paths = await every_state(host)
    async with screen(chromium, host) as page:
        if not scripts:
            await page.route(
                "**/customer.js", lambda route: route.fulfill(body="", content_type="text/javascript")
            )
        for state, path in paths.items():
            await page.goto(path)
            for scheme in schemes:
                await page.emulate_media(color_scheme=scheme)
                found += [f"{state}, {scheme}: {one}" for one in await violations(page)]
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_after_something_was_done(host: Host, chromium: Browser, scheme: str) -> None:
    paths = await every_state(host)
    async with screen(chromium, host, color_scheme=scheme) as page:
        await page.goto(f"{paths['questions']}?date=2026-11-20")
        await page.locator(".zone summary").click()
        assert await violations(page) == []
        await _choose(page)
        await page.get_by_role("button", name="Continue").click()
        assert await violations(page) == []
        await page.get_by_label("Your name").fill(CARLA["name"])
        await page.get_by_label("Email").fill("carla@customer")
        await page.get_by_label("Company").fill("Acme")
        await page.get_by_label("I have read the terms").check()
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_role("alert").wait_for()
        assert await violations(page) == []
        await page.get_by_label("Email").fill(CARLA["email"])
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
        await page.get_by_role("link", name="Cancel").click()
        await page.evaluate("document.querySelector('#sure').required = false")
        await page.get_by_label("Reason").fill("Ill")
        await page.get_by_role("button", name="Cancel the booking").click()
        await page.get_by_role("alert").wait_for()
        assert await violations(page) == []


async def test_everything_fits_and_can_be_hit(host: Host, chromium: Browser) -> None:
    async with screen(chromium, host) as page:
        for state, path in (await every_state(host)).items():
            await page.goto(path)
            for viewport in VIEWPORTS:
                await page.set_viewport_size(viewport)
                assert await fits(page), (state, viewport)
                assert await page.evaluate(TARGETS) == [], (state, viewport)


async def test_long_words_wrap(host: Host, chromium: Browser) -> None:
    long = "W" * 200
    await host.deployment.change_user(host.api, name=long)
    await host.change("event_type", name=long, location={"kind": "in_person", "detail": long})
    path = await host.path()
    manage = await host.booked("2026-11-19T09:00:00Z", name=long, email=f"{'w' * 60}@customer.test")
    async with screen(chromium, host, viewport=SMALL) as page:
        for at in (path, manage, f"{manage}/cancel", f"{manage}/reschedule"):
            await page.goto(at)
            assert await fits(page), at


async def test_text_may_be_twice_as_large(host: Host, chromium: Browser) -> None:
    async with screen(chromium, host, viewport=PHONE) as page:
        for state, path in (await every_state(host)).items():
            await page.goto(path)
            await page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert await fits(page), state


async def test_the_focus_is_always_seen(host: Host, chromium: Browser) -> None:
    paths = await every_state(host)
    async with screen(chromium, host) as page:
        for state in ("visit", "questions", "booked", "cancel", "used"):
            await page.goto(paths[state])
            await page.keyboard.press("Tab")
            for one in await page.locator("main :is(a, button, input, select, textarea, summary)").all():
                if await one.is_visible() and await one.get_attribute("tabindex") != "-1":
                    assert await one.evaluate(FOCUS) == "solid 2px", (
                        state,
                        await one.evaluate("e => e.outerHTML"),
                    )


async def test_the_outline_of_headings_and_landmarks(host: Host, chromium: Browser) -> None:
    async with screen(chromium, host) as page:
        for state, path in (await every_state(host)).items():
            await page.goto(path)
            await expect(page.locator("main"), state).to_have_count(1)
            await expect(page.locator("h1:visible"), state).to_have_count(1)


async def test_nothing_moves_for_who_does_not_want_it(host: Host, chromium: Browser) -> None:
    path = await host.path()
    async with screen(chromium, host, reduced_motion="reduce") as page:
        await page.goto(path)
        assert await page.evaluate(MOVING) == 0
    async with screen(chromium, host) as page:
        await page.goto(path)
        assert await page.evaluate(MOVING) > 0


async def _choose(page: Page) -> None:
    await page.locator("label.slot").first.click()
