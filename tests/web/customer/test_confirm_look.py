"""The mark in a real browser, and the look of the confirming page: axe, sizes, what can be hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.async_api import expect

from tests.support.customer.host import path_of
from tests.support.customer.screen import PHONE, SMALL, TARGETS, choose, confirm, fits, screen
from tests.support.customer.states import POLICY, QUESTIONS
from tests.support.customer.visitor import CARLA
from tests.support.dashboard.accessibility import violations

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.support.customer.host import Host

pytestmark = pytest.mark.browser
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TEN = "2026-11-19T09:00:00Z"
SUBMIT = """(fill) => {
  const form = document.querySelector("form[method=post]");
  for (const one of form.querySelectorAll("[type=radio], [type=checkbox]")) one.checked = true;
  for (const one of form.querySelectorAll("[type=text], [type=email]")) one.value ||= fill;
  for (const sign of ["pointermove", "touchstart", "keydown", "click"]) dispatchEvent(new Event(sign));
  form.noValidate = true;
  form.requestSubmit();
}"""


async def test_a_script_that_submits_without_a_person_is_asked(host: Host, chromium: Browser) -> None:
    manage = await host.booked(TEN)
    personal = path_of(await host.link(person=CARLA))
    async with screen(chromium, host) as page:
        for path in (f"{personal}?date=2026-11-20", f"{manage}/reschedule", f"{manage}/cancel"):
            await page.goto(path)
            await page.evaluate(SUBMIT, "carla@customer.test")
            await (
                page.get_by_text("Nothing is booked yet.")
                .or_(page.get_by_text("Nothing has changed yet."))
                .wait_for()
            )
    [booking] = await host.bookings()
    assert (booking["start"], booking["status"]) == (TEN, "scheduled")


async def test_the_form_is_marked_once_a_person_uses_the_page(host: Host, chromium: Browser) -> None:
    manage = await host.booked(TEN)
    async with screen(chromium, host) as page:
        for path in (await host.path(), "/hanna-page", f"{manage}/reschedule", f"{manage}/cancel"):
            await page.goto(path)
            await page.mouse.move(1, 1)
            mark = page.locator("form[method=post] input[name=_person]")
            await expect(mark).to_have_count(1)
            await page.keyboard.press("Tab")
            await expect(mark).to_have_count(1)
            await page.goto("about:blank")


async def test_it_is_easy_to_read_and_to_hit_and_leads_back(host: Host, chromium: Browser) -> None:
    """Without the page's script, as where it does not arrive; axe needs scripts."""
    await host.change("event_type", policy=POLICY | {"cancel": {"allow": "anytime"}})
    await host.change("page", form=QUESTIONS)
    path = await host.path()
    async with screen(chromium, host) as page:
        await page.route(
            "**/customer.js", lambda route: route.fulfill(body="", content_type="text/javascript")
        )
        await page.goto(f"{path}?date=2026-11-19")
        await choose(page, TEN)
        await page.get_by_label("Your name").fill(CARLA["name"])
        await page.get_by_label("Email").fill(CARLA["email"])
        await page.get_by_label("Company").fill("W" * 200)
        await page.get_by_label("I have read the terms").check()
        await page.get_by_role("button", name="Book this time").last.click()
        await _judge(page)
        await page.get_by_role("button", name="Change").click()
        await expect(page.get_by_label("Company")).to_have_value("W" * 200)
        await page.get_by_role("button", name="Book this time").last.click()
        await page.locator("#sure").evaluate("(box) => { box.required = false; }")
        await page.locator(".onward .button").click()
        await page.get_by_text("Tick the box to confirm.").first.wait_for()
        await _judge(page)
        await confirm(page)
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()

        await page.get_by_role("link", name="Reschedule").click()
        await choose(page, "2026-11-19T10:00:00Z")
        await page.get_by_label("Reason").fill("Later")
        await page.get_by_role("button", name="Reschedule the booking").last.click()
        await _judge(page)
        await confirm(page)
        await page.get_by_text("Your booking was rescheduled", exact=True).wait_for()


async def _judge(page: Page) -> None:
    await page.locator("#sure[name=_sure]").wait_for()
    usual = page.viewport_size
    assert usual
    for viewport in (SMALL, PHONE, usual):
        await page.set_viewport_size(viewport)
        assert await fits(page), viewport
        assert await page.evaluate(TARGETS) == [], viewport
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        assert await violations(page) == []
    await expect(page.locator("h1:visible")).to_have_count(1)
