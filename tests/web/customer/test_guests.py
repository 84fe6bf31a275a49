"""Guests on the customer's page, with and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.store.records.operations import keyed_operation
from tests.support.customer.screen import PHONE, choose, fits, screen
from tests.support.customer.stored import stored
from tests.support.customer.visitor import CARLA
from tests.support.dashboard.accessibility import violations

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"
FIELD = "booking.guests"
PATH = "/hanna-page"


async def test_a_page_without_guests_does_not_ask_for_any(host: Host, visitor: Visitor) -> None:
    page = await visitor.page(PATH)
    assert "Guests" not in page.text
    assert FIELD not in page.form().served


@pytest.mark.parametrize(("most", "hint"), [(1, "One address."), (3, "One address per line, at most 3.")])
async def test_the_form_says_how_many(host: Host, visitor: Visitor, most: int, hint: str) -> None:
    await host.change("event_type", max_guests=most)
    page = await visitor.page(PATH)
    assert f"Guests optional {hint}" in page.text
    assert page.form().served[FIELD] == ""


async def test_without_scripts_they_are_shown_before_the_booking_and_after(
    host: Host, visitor: Visitor
) -> None:
    await host.change("event_type", max_guests=3)
    form = (await visitor.page(PATH)).form()
    typed = "gus@guest.test\r\n\r\n ida@guest.test,\r\nGUS@guest.test"
    asked = await visitor.send_unmarked(form, PATH, start=TEN, **CARLA, **{FIELD: typed})
    assert "Guests gus@guest.test, ida@guest.test" in asked.page.text
    changed = await visitor.send_unmarked(asked.page.form(), PATH, _change="1")
    assert changed.page.form().served[FIELD].split() == typed.split()
    booked = await visitor.send_unmarked(asked.page.form(), PATH, _sure="1")
    managed = await visitor.follow(booked)
    assert "Guests gus@guest.test ida@guest.test" in managed.text
    [booking] = await host.bookings()
    assert booking["guests"] == ["gus@guest.test", "ida@guest.test"]


@pytest.mark.parametrize(
    ("most", "typed", "told"),
    [
        (2, "gus@guest.test\nida\n", "Enter a valid email address for guest 2."),
        (1, "gus@guest.test\nida@guest.test", "Add at most 1 guest."),
        (0, "gus@guest.test", "No guests can be added to this booking."),
        (3, "x\n" * 10_000, "Add at most 10 guests."),
    ],
)
async def test_an_error_is_at_its_place_and_what_was_typed_stays(
    host: Host, visitor: Visitor, most: int, typed: str, told: str
) -> None:
    await host.change("event_type", max_guests=most)
    form = (await visitor.page(PATH)).form()
    before = await stored(host.deployment.store.client)
    answer = await visitor.send(form, PATH, start=TEN, **CARLA, **{FIELD: typed})
    assert answer.status == 422
    assert told in answer.page.text, answer.page.text
    assert f'id="{FIELD}-error"' in answer.text
    assert answer.page.form().served[FIELD].split() == typed.split()
    assert await stored(host.deployment.store.client) == before


async def test_a_form_without_guests_has_the_fingerprint_that_it_always_had(
    host: Host, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies: list[bytes] = []

    def noted(scope: str, key: str, body: bytes) -> object:
        bodies.append(body)
        return keyed_operation(scope, key, body)

    monkeypatch.setattr("admitone.web.customer.visit.keyed_operation", noted)
    await host.change("event_type", max_guests=3)
    form = (await visitor.page(PATH)).form()
    assert (await visitor.send(form, PATH, start=TEN, **CARLA)).status == 303
    assert bodies[-1]
    assert b"guests" not in bodies[-1]


@pytest.mark.browser
async def test_a_customer_brings_guests_in_a_browser(host: Host, chromium: Browser) -> None:
    await host.change("event_type", max_guests=3)
    async with screen(chromium, host, viewport=PHONE) as page:
        await page.goto(f"{PATH}?date=2026-11-19")
        await choose(page, TEN)
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_label("Your name").fill(CARLA["name"])
        await page.get_by_label("Email").fill(CARLA["email"])
        await page.get_by_label("Guests").fill("gus@guest.test\nida")
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_role("alert").wait_for()
        assert await violations(page) == []
        await page.get_by_role("alert").get_by_role("link").click()
        await page.keyboard.press("Control+End")
        await page.keyboard.type("@guest.test")
        await page.get_by_role("button", name="Book this time").click()
        await page.get_by_text("Your booking is confirmed", exact=True).wait_for()
        await page.get_by_text("ida@guest.test", exact=True).wait_for()
        assert await fits(page)
        assert await violations(page) == []
