"""`/api/v1/manage/TOKEN`: what the booking's policy lets the customer do, and when it asks for a reason."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered, refused, token_of
from tests.support.api.managed_booking import DAYS, LATER, START, a_booking

if TYPE_CHECKING:
    from tests.support.api.calling import Api


@pytest.mark.parametrize(
    ("policy", "cancel", "reschedule"),
    [
        ({}, True, True),
        ({"cancel": {"allow": "never"}}, False, True),
        ({"reschedule": {"allow": "never"}}, True, False),
        ({"cancel": {"allow": "until", "minutes": 1253}}, True, True),
        ({"cancel": {"allow": "until", "minutes": 1254}}, False, True),
        ({"reschedule": {"allow": "until", "minutes": 1254}}, True, False),
        ({"max_reschedules": 0}, True, False),
    ],
)
async def test_the_policy_binds_the_customer(
    admin: Api, customer: Api, policy: dict[str, Any], cancel: bool, reschedule: bool
) -> None:
    booking, manage, _ = await a_booking(admin, customer, policy=policy)
    can = answered(await customer.get(manage))["can"]
    assert (can["cancel"], can["reschedule"]) == (cancel, reschedule)
    assert (can["why_not"] is None) == (cancel and reschedule)
    if not cancel:
        refused(await customer.post(f"{manage}/cancel", {}), 403, "policy-refuses")
    slots = await customer.get(f"{manage}/slots", **DAYS)
    move = await customer.post(f"{manage}/reschedule", {"start": LATER})
    if reschedule:
        assert (slots.status, move.status) == (200, 200)
    else:
        refused(slots, 403, "policy-refuses")
        refused(move, 403, "policy-refuses")
    if cancel:
        answered(await customer.post(f"{manage}/cancel", {}))
    else:
        answered(await admin.post(f"/bookings/{booking['id']}/cancel"))


async def test_a_policy_is_that_of_when_the_booking_was_made(admin: Api, customer: Api) -> None:
    event_type = await admin.new_event_type()
    page = await admin.new_page(event_type)
    before = await customer.booked(page["slug"], START)
    answered(
        await admin.patch(f"/event-types/{event_type['id']}", {"policy": {"cancel": {"allow": "never"}}})
    )
    after = await customer.booked(page["slug"], LATER)
    answered(await customer.post(f"/manage/{token_of(before)}/cancel", {}))
    refused(await customer.post(f"/manage/{token_of(after)}/cancel", {}), 403, "policy-refuses")


async def test_so_many_reschedules_and_no_more(admin: Api, customer: Api) -> None:
    booking, manage, _ = await a_booking(admin, customer, policy={"max_reschedules": 2})
    answered(await admin.post(f"/bookings/{booking['id']}/reschedule", {"start": "2026-11-19T15:00:00Z"}))
    for hour in (9, 10):
        answered(await customer.post(f"{manage}/reschedule", {"start": f"2026-11-19T{hour:02}:00:00Z"}))
    refused(await customer.post(f"{manage}/reschedule", {"start": START}), 403, "policy-refuses")
    can = answered(await customer.get(manage))["can"]
    assert (can["cancel"], can["reschedule"]) == (True, False)
    answered(await admin.post(f"/bookings/{booking['id']}/reschedule", {"start": START}))


async def test_a_limit_on_reschedules_holds_among_simultaneous_ones(admin: Api, customer: Api) -> None:
    booking, manage, _ = await a_booking(admin, customer, policy={"max_reschedules": 1})
    moves = [f"2026-11-19T{hour:02}:{minute}:00Z" for hour in range(9, 14) for minute in ("00", "30")]
    replies = await asyncio.gather(*(customer.post(f"{manage}/reschedule", {"start": one}) for one in moves))
    assert Counter(reply.status for reply in replies) == {200: 1, 403: 9}
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["reschedules"] == 1


@pytest.mark.parametrize("call", ["cancel", "reschedule"])
@pytest.mark.parametrize(
    ("reason", "given", "kept"),
    [
        ("off", "Because", None),
        ("off", None, None),
        ("optional", "Because", "Because"),
        ("optional", None, None),
        ("optional", "  ", None),
        ("required", " Because\nof this ", "Because\nof this"),
    ],
)
async def test_a_reason_is_kept_as_the_policy_says(
    admin: Api, customer: Api, call: str, reason: str, given: str | None, kept: str | None
) -> None:
    page = await admin.new_page(await admin.new_event_type(policy={"reason": reason}))
    link = await admin.new_link(page)
    booking = await customer.booked(link["code"], START)
    body = {"start": LATER} if call == "reschedule" else {}
    if given is not None:
        body["reason"] = given
    answered(await customer.post(f"/manage/{token_of(booking)}/{call}", body))
    timeline = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    assert timeline[-1].get("reason") == kept


@pytest.mark.parametrize("call", ["cancel", "reschedule"])
@pytest.mark.parametrize("reason", [None, "", "  \n", "x" * 1001, "bell \a"])
async def test_a_required_reason_is_given(admin: Api, customer: Api, call: str, reason: str | None) -> None:
    _, manage, _ = await a_booking(admin, customer, policy={"reason": "required"})
    body = {"start": LATER} if call == "reschedule" else {}
    if reason is not None:
        body["reason"] = reason
    refused(await customer.post(f"{manage}/{call}", body), 422, "invalid", "reason")
    assert answered(await customer.get(manage))["status"] == "scheduled"
