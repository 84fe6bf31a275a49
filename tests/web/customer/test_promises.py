"""Customers read what they may do afterwards before they book: beside the button, and when they confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from admitone.domain.bookings.policy import Permission, Policy
from admitone.domain.people.reader import reader_for
from admitone.web.customer.promises import promises
from admitone.web.http.html import date_text
from tests.support.customer.screen import DESKTOP, PHONE, screen
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

START = 1_795_000_000  # 18 November 2026, 11:06:40 UTC
HOUR = 3600


def said(policy: Policy, *times: int) -> list[str]:
    return promises(policy, date_text(reader_for(["en-GB"]), "UTC"), *times)


@pytest.mark.parametrize(
    ("policy", "sentences"),
    [
        (Policy(), ["You can reschedule or cancel until it starts."]),
        (
            Policy(cancel=Permission("until", 1440), reschedule=Permission("until", 1440)),
            ["You can reschedule or cancel up to 24 hours before it starts."],
        ),
        (
            Policy(cancel=Permission("until", 20160), max_reschedules=0),
            ["This booking can't be rescheduled online.", "You can cancel up to 14 days before it starts."],
        ),
        (
            Policy(cancel=Permission("never"), reschedule=Permission("never")),
            ["This booking can't be rescheduled or cancelled online."],
        ),
    ],
)
def test_before_a_time_is_chosen(policy: Policy, sentences: list[str]) -> None:
    assert said(policy) == sentences


def test_of_a_chosen_time() -> None:
    policy = Policy(cancel=Permission("until", 60))
    assert said(policy, START, START - 2 * HOUR) == [
        "You can reschedule until it starts.",
        "You can cancel until Wed 18 Nov, 10:06.",
    ]
    assert said(policy, START, START - HOUR + 1)[1] == "This booking can't be cancelled online."


async def test_beside_the_button_and_on_the_confirming_page(host: Host, visitor: Visitor) -> None:
    cancel = {"allow": "until", "minutes": 120}
    policy = {"cancel": cancel, "max_reschedules": 2, "text": "Tell us early."}
    await host.change("event_type", policy=policy)
    path = await host.path()
    page = await visitor.page(path)
    assert "You can cancel up to 2 hours before it starts." in page.text
    assert "It can be rescheduled 2 times at most." in page.text
    assert "Tell us early." in page.text
    answer = await visitor.send_unmarked(page.form(), path, start="2026-11-20T09:00:00Z", **CARLA)
    assert "You can cancel until Fri 20 Nov, 08:00." in answer.page.text
    assert "Tell us early." in answer.page.text


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_the_stub_folds_on_a_phone_and_the_calendar_is_in_the_first_screen(
    host: Host, chromium: Browser, scripts: bool
) -> None:
    path = await host.path()
    async with screen(chromium, host, viewport=PHONE, java_script_enabled=scripts) as page:
        await page.goto(path)
        await expect(page.locator("table")).to_be_in_viewport(ratio=1)
        await expect(page.get_by_text("with Hanna Host")).to_be_hidden()
        await page.locator(".fold summary").click()
        await expect(page.get_by_text("with Hanna Host")).to_be_visible()
    async with screen(chromium, host, viewport=DESKTOP, java_script_enabled=scripts) as page:
        await page.goto(path)
        await expect(page.get_by_text("with Hanna Host")).to_be_visible()
        await expect(page.locator(".fold summary")).to_be_hidden()
