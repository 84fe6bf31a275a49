"""Booking without scripts: a page shows what is about to happen, and its form books, once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone.web.customer.nonce import LIFETIME
from tests.support.api.calling import answered
from tests.support.customer.host import path_of
from tests.support.customer.stored import stored
from tests.support.customer.visitor import CARLA, MARK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.support.api.deployment import Clock
    from tests.support.customer.host import Host
    from tests.support.customer.markup import Form
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"
ELEVEN = "2026-11-19T10:00:00Z"
AGREED = {"_sure": "1"}
QUESTIONS = [
    {"id": "company", "label": "Company", "kind": "text", "required": True},
    {"id": "phone", "label": "Telephone", "kind": "phone"},
    {"id": "agreed", "label": "I have read the terms", "kind": "checkbox"},
]


async def asked(visitor: Visitor, path: str, start: str = TEN, **typed: str) -> Form:
    """The form of the confirming page for a booking."""
    form = (await visitor.page(path)).form()
    answer = await visitor.send_unmarked(form, path, **({"start": start, **CARLA} | typed))
    assert answer.status == 200, answer
    assert "Nothing is booked yet." in answer.page.text
    return answer.page.form()


async def test_the_page_shows_what_is_about_to_happen(host: Host, visitor: Visitor) -> None:
    await host.change("page", form=QUESTIONS)
    path = await host.path()
    form = (await visitor.page(f"{path}?timezone=America/New_York")).form()
    typed = {**CARLA, "company": "Acme", "agreed": "1", "notes": "Ring\r\ntwice"}
    page = (await visitor.send_unmarked(form, path, start=TEN, **typed)).page
    for words in (
        "Half an hour",
        "with Hanna Host",
        "Book this time?",
        "Thursday, 19 November 2026",
        "04:00–04:30",
        "New York time",
        "Carla Customer",
        "carla@customer.test",
        "Company Acme",
        "I have read the terms Yes",
        "Anything we should know? Ring twice",
    ):
        assert words in page.text
    assert "Telephone" not in page.text
    assert (await visitor.send_unmarked(page.form(), path, **AGREED)).status == 303
    [booking] = await host.bookings()
    assert (booking["start"], booking["timezone"]) == (TEN, "America/New_York")
    assert booking["answers"] == {"company": "Acme", "agreed": True}
    assert booking["notes"] == "Ring\ntwice"
    assert booking["person"] == CARLA


async def test_a_personalised_link_shows_its_person(host: Host, visitor: Visitor) -> None:
    path = path_of(await host.link(person=CARLA))
    form = (await visitor.page(path)).form()
    page = (await visitor.send_unmarked(form, path, start=TEN)).page
    assert "Carla Customer carla@customer.test" in page.text
    assert (await visitor.send_unmarked(page.form(), path, **AGREED)).status == 303


async def test_the_form_as_it_is_served_asks_again(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    form = await asked(visitor, path)
    before = await stored(host.deployment.store.client)
    answer = await visitor.send_unmarked(form, path)
    assert answer.status == 422
    assert "Tick the box to confirm." in answer.page.text
    assert await stored(host.deployment.store.client) == before
    assert (await visitor.send_unmarked(answer.page.form(), path, **AGREED)).status == 303


@pytest.mark.parametrize("path", ["/hanna-page", None], ids=["general", "one-time"])
async def test_any_mixture_of_both_forms_is_one_booking(
    host: Host, visitor: Visitor, path: str | None
) -> None:
    path = path or await host.path()
    first = (await visitor.page(path)).form()
    typed = {"start": TEN, **CARLA, "notes": "Ring\r\ntwice"}
    pages = [await visitor.send_unmarked(first, path, **typed) for _ in range(2)]  # asked, and refreshed
    confirming = [answer.page.form() for answer in pages]
    answers = await asyncio.gather(
        *(visitor.send_unmarked(form, path, **AGREED) for form in confirming * 3),
        visitor.send(first, path, **typed),
    )
    answers.append(await visitor.send_unmarked(first, path, **typed))  # refreshed when all is done
    assert len({answer.location for answer in answers}) == 1
    assert len(await host.bookings()) == 1


async def test_the_confirming_nonce_is_not_the_first_one(host: Host, visitor: Visitor) -> None:
    """Neither the box nor the first nonce alone books; nor does a confirming nonce of another link."""
    path, other = await host.path(), await host.path()
    first = (await visitor.page(path)).form()
    fields = {**first.served, "start": TEN, **CARLA}
    confirming = await asked(visitor, other)
    before = await stored(host.deployment.store.client)
    assert (await visitor.post(path, fields | AGREED)).status == 200
    foreign = await visitor.post(path, fields | AGREED | MARK | {"_nonce": confirming.served["_nonce"]})
    assert foreign.status == 422
    assert "Please choose a time again" in foreign.page.text
    assert await stored(host.deployment.store.client) == before


async def test_no_address_puts_the_mark_into_a_page(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    for query in ("_person=1", "_sure=1&_change=1", "_nonce=1"):
        page = await visitor.page(f"{path}?{query}&name=Carla")
        names = {control.name for form in page.forms for control in form.controls}
        assert not names & {"_person", "_sure", "_change"}
        assert not [link for link in page.links if "_person" in link]
        assert page.form().served["_nonce"] != "1"
    confirming = await visitor.post(
        path, {**(await visitor.page(path)).form().served, "start": TEN, **CARLA, "_odd": "1", "_sure": "1"}
    )
    assert not confirming.page.form().served.keys() & {"_person", "_odd", "_sure"}


async def test_changing_leads_back_to_the_form_with_everything_filled_in(
    host: Host, visitor: Visitor
) -> None:
    await host.change("page", form=QUESTIONS)
    path = await host.path()
    typed = {"company": "Acme", "agreed": "1", "notes": "Ring"}
    confirming = await asked(visitor, path, **typed)
    answer = await visitor.send_unmarked(confirming, path, _change="1", **AGREED)
    assert answer.status == 200
    form = answer.page.form()
    assert {**CARLA, **typed, "start": TEN}.items() <= form.served.items()
    assert await host.bookings() == []
    again = await visitor.send_unmarked(form, path)  # as it is served: it asks again
    assert "Nothing is booked yet." in again.page.text
    changed = await visitor.send_unmarked(form, path, start=ELEVEN, name="Carl Customer")
    booked = await visitor.send_unmarked(changed.page.form(), path, **AGREED)
    assert booked.status == 303
    [booking] = await host.bookings()
    assert (booking["start"], booking["person"]["name"]) == (ELEVEN, "Carl Customer")


async def test_going_back_after_the_booking_books_no_other_time(host: Host, visitor: Visitor) -> None:
    confirming = await asked(visitor, "/hanna-page")
    changed = (await visitor.send_unmarked(confirming, "/hanna-page", _change="1")).page.form()
    await visitor.send_unmarked(confirming, "/hanna-page", **AGREED)
    for answer in (
        await visitor.send_unmarked(changed, "/hanna-page", start=ELEVEN),
        await visitor.send(changed, "/hanna-page", start=ELEVEN),
    ):
        assert answer.status == 422
        assert "You have already booked a time on this page" in answer.page.text
    assert len(await host.bookings()) == 1


async def test_what_is_missing_is_asked_for_before_anything_is_to_be_confirmed(
    host: Host, visitor: Visitor
) -> None:
    path = await host.path()
    form = (await visitor.page(path)).form()
    for changes, message in (
        ({}, "Choose a time."),
        ({"start": TEN, "name": "Carla"}, "This field is required."),
        ({"start": TEN, "name": "Carla", "email": "nobody"}, "Enter a valid email address"),
        ({"start": "2026-11-19T09:07:00Z", **CARLA}, "That time is no longer available."),
    ):
        answer = await visitor.send_unmarked(form, path, **changes)
        assert answer.status == 422
        assert message in answer.page.text
        assert answer.page.form().served.get("name", "") == changes.get("name", "")


async def test_a_time_that_was_taken_before_is_not_to_be_confirmed(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    form = (await visitor.page(path)).form()
    await host.booked(TEN)
    answer = await visitor.send_unmarked(form, path, start=TEN, **CARLA)
    assert answer.status == 409
    assert "That time was just taken. These are still available." in answer.page.text


async def test_a_time_that_is_taken_meanwhile_gives_the_nearest_ones(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    confirming = await asked(visitor, path, notes="Ring")
    await host.booked(TEN)
    answer = await visitor.send_unmarked(confirming, path, **AGREED)
    assert answer.status == 409
    assert "That time was just taken. These are still available." in answer.page.text
    again = answer.page.form()
    assert {**CARLA, "notes": "Ring"}.items() <= again.served.items()
    assert "start" not in again.served
    assert (await visitor.send(again, path, start=ELEVEN)).status == 303


async def test_a_link_that_another_person_books_meanwhile_is_gone(
    host: Host, visitor: Visitor, new_visitor: Callable[[], Awaitable[Visitor]]
) -> None:
    path = await host.path()
    confirming, other = await asked(visitor, path), await new_visitor()
    await other.send((await other.page(path)).form(), path, start=ELEVEN, **CARLA)
    for fields in (AGREED, {}, {"_change": "1"}):
        answer = await visitor.send_unmarked(confirming, path, **fields)
        assert answer.status == 410
        assert "This link has already been used." in answer.page.text
    assert len(await host.bookings()) == 1


async def test_the_browser_that_confirmed_is_led_to_its_booking(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    confirming = await asked(visitor, path)
    answer = await visitor.send_unmarked(confirming, path, **AGREED)
    assert f"Path={path}" in answer.headers["Set-Cookie"]
    assert (await visitor.get(path)).location == answer.location
    changed = await visitor.send_unmarked(confirming, path, _change="1")
    assert changed.location == answer.location


async def test_a_page_that_was_open_for_a_day_asks_for_the_time_again(
    host: Host, visitor: Visitor, clock: Clock
) -> None:
    path = await host.path()
    clock.forward(seconds=10)
    confirming = await asked(visitor, path, "2026-11-20T09:00:00Z")
    clock.forward(seconds=LIFETIME)
    answer = await visitor.send_unmarked(confirming, path, **AGREED)
    assert answer.status == 422
    assert "open for a long time" in answer.page.text
    assert answer.page.form().served["name"] == CARLA["name"]


async def test_bookings_are_counted_when_they_are_confirmed(host: Host, visitor: Visitor) -> None:
    answered(await host.api.patch("/settings", {"general_link_bookings_per_hour": 1}))
    for start in (TEN, ELEVEN):
        confirming = await asked(visitor, "/hanna-page", start)
    assert (await visitor.send_unmarked(confirming, "/hanna-page", **AGREED)).status == 303
    confirming = await asked(visitor, "/hanna-page", TEN)
    answer = await visitor.send_unmarked(confirming, "/hanna-page", **AGREED)
    assert answer.status == 429
    assert "There were too many bookings from your network" in answer.page.text
    assert answer.page.form().served["email"] == CARLA["email"]


async def test_what_opens_the_meeting_is_not_shown_before_it_is_booked(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", location={"kind": "phone", "detail": "www.meet.test/x PIN 4711"})
    path = await host.path()
    shown = await visitor.get(path)
    asking = await visitor.send_unmarked(shown.page.form(), path, start=TEN, **CARLA)
    assert "By phone" in shown.page.text
    assert "By phone" in asking.page.text
    assert "4711" not in shown.text + asking.text
    booked = await visitor.send_unmarked(asking.page.form(), path, **AGREED)
    assert "4711" in (await visitor.get(booked.location)).text
