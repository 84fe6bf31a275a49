"""The language of answers: customers' calls get theirs, hosts' calls English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.api.calling import answered
from tests.support.api.managed_booking import a_booking

if TYPE_CHECKING:
    from tests.support.api.calling import Api

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
STARTS = [f"2026-11-19T{hour:02}:00:00Z" for hour in (9, 10, 11)]


async def test_customers_read_in_their_language_why_they_cannot_reschedule(admin: Api, customer: Api) -> None:
    _, manage, page = await a_booking(admin, customer, policy={"max_reschedules": None})
    for start in STARTS:
        answered(await customer.post(f"{manage}/reschedule", {"start": start}))
    english = await customer.get(manage)
    assert english.headers["Content-Language"] == "en"
    assert answered(english)["can"]["why_not"].endswith("It can be rescheduled again in 60 minutes.")

    german = await customer.call("GET", manage, headers=GERMAN)
    assert german.headers["Content-Language"] == "de"
    assert answered(german)["can"]["why_not"].endswith("In 60 Minuten lässt er sich wieder verschieben.")
    cancelled = answered(await customer.call("POST", f"{manage}/cancel", {}, headers=GERMAN))
    assert cancelled["can"]["why_not"] == "Dieser Termin lässt sich nicht mehr ändern."

    answered(await admin.patch(f"/booking-pages/{page['id']}", {"locale": "fr"}))
    assert (await customer.call("GET", manage, headers=GERMAN)).headers["Content-Language"] == "fr"


async def test_customers_read_problems_in_their_language(admin: Api, customer: Api) -> None:
    _, manage, _ = await a_booking(admin, customer)
    problem = await customer.call(
        "POST", f"{manage}/reschedule", {"start": "2026-11-21T09:00:00Z"}, headers=GERMAN
    )
    assert problem.headers["Content-Language"] == "de"
    assert problem.body["title"] != "That time is not offered. Choose one from the list."


async def test_problems_of_hosts_calls_are_english(admin: Api, customer: Api) -> None:
    for caller, status in ((admin, 404), (customer, 401)):
        problem = await caller.call("GET", "/bookings/missing", headers=GERMAN)
        assert problem.status == status
        assert problem.headers["Content-Language"] == "en"
