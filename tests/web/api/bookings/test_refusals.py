"""Where several refusals hold, the first in the contract's order is answered: each pair of them is tried."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import Reply, answered, booking_body, refused, token_of

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock

OFFERED, TAKEN, TAKEN_OFF_GRID = "2026-11-19T08:00:00Z", "2026-11-19T09:00:00Z", "2026-11-19T09:15:00Z"

BOOKING = [
    (415, "unsupported-media-type", ()),
    (422, "invalid", ("email",)),
    (404, "link-not-found", ()),
    (410, "link-revoked", ()),
    (422, "invalid", ("event_type",)),
    (422, "slot-not-offered", ()),
    (409, "slot-taken", ()),
]
MEDIA, INVALID, UNKNOWN, GONE, INVALID_HERE, NOT_OFFERED, IS_TAKEN = range(7)


@pytest.mark.parametrize(
    "faults", list(combinations(range(7), 2)), ids=lambda pair: f"{pair[0]} before {pair[1]}"
)
async def test_a_booking_is_refused_in_this_order(admin: Api, customer: Api, faults: tuple[int, int]) -> None:
    page = await admin.new_page(await admin.new_event_type())
    await customer.booked(page["slug"], TAKEN)
    link = await admin.new_link(page)
    body = booking_body(OFFERED)
    if IS_TAKEN in faults:
        body["start"] = TAKEN
    if NOT_OFFERED in faults:
        body["start"] = TAKEN_OFF_GRID
    if INVALID_HERE in faults:
        body["event_type"] = "missing"
    if INVALID in faults:
        body["email"] = "nobody"
    if GONE in faults:
        answered(await admin.post(f"/links/{link['id']}/revoke"))
    code = "0ABC0123456789012345" if UNKNOWN in faults else link["code"]
    content_type = "text/plain" if MEDIA in faults else "application/json"
    reply = await customer.call("POST", f"/book/{code}", body, content_type=content_type)
    status, problem, fields = BOOKING[min(faults)]
    refused(reply, status, problem, *fields)


async def test_what_was_done_is_answered_again_whatever_has_become_of_it(
    admin: Api, customer: Api, clock: Clock
) -> None:
    page = await admin.new_page(await admin.new_event_type())
    link = await admin.new_link(page)

    async def book(code: str = link["code"], start: str = OFFERED, **more: Any) -> Reply:
        return await customer.call(
            "POST", f"/book/{code}", booking_body(start), idempotency_key="once", **more
        )

    first = await book()
    assert first.status == 201
    clock.forward(hours=20.5)  # the link is booked, the start within the notice, the time taken
    assert (await book()).text == first.text
    answered(await admin.patch(f"/booking-pages/{page['id']}", {"enabled": False}, confirm=1))
    answered(await customer.post(f"/manage/{token_of(first.body)}/cancel", {}))
    assert (await book()).text == first.text
    refused(await book(content_type="text/plain"), 415, "unsupported-media-type")
    refused(await book(start="soon"), 422, "invalid", "start")
    refused(await book(code="0ABC0123456789012345"), 404, "link-not-found")
    refused(await book(start=TAKEN), 422, "idempotency-key-reused")


MOVES = [
    (415, "unsupported-media-type", ()),
    (422, "invalid", ("start",)),
    (404, "not-found", ()),
    (409, "booking-not-active", ()),
    (403, "policy-refuses", ()),
    (422, "invalid", ("reason",)),
    (422, "slot-not-offered", ()),
    (409, "slot-taken", ()),
]
NOT_ACTIVE, REFUSED, REASON, MOVE_NOT_OFFERED, MOVE_TAKEN = range(3, 8)


@pytest.mark.parametrize(
    "faults", list(combinations(range(8), 2)), ids=lambda pair: f"{pair[0]} before {pair[1]}"
)
async def test_a_reschedule_is_refused_in_this_order(
    admin: Api, customer: Api, faults: tuple[int, int]
) -> None:
    policy: dict[str, Any] = {"reason": "required"}
    if REFUSED in faults:
        policy["reschedule"] = {"allow": "never"}
    page = await admin.new_page(await admin.new_event_type(policy=policy))
    await customer.booked(page["slug"], TAKEN)
    booking = await customer.booked(page["slug"], "2026-11-19T10:00:00Z")
    body = {"start": OFFERED, "reason": "I am late"}
    if MOVE_TAKEN in faults:
        body["start"] = TAKEN
    if MOVE_NOT_OFFERED in faults:
        body["start"] = TAKEN_OFF_GRID
    if REASON in faults:
        del body["reason"]
    if INVALID in faults:
        body["start"] = "soon"
    if NOT_ACTIVE in faults:
        answered(await admin.post(f"/bookings/{booking['id']}/cancel"))
    token = "0ABC01234567890123456789012345" if UNKNOWN in faults else token_of(booking)
    content_type = "text/plain" if MEDIA in faults else "application/json"
    reply = await customer.call("POST", f"/manage/{token}/reschedule", body, content_type=content_type)
    status, problem, fields = MOVES[min(faults)]
    refused(reply, status, problem, *fields)


async def test_a_cancellation_is_refused_in_this_order(admin: Api, customer: Api) -> None:
    policy = {"reason": "required", "cancel": {"allow": "never"}}
    event_type = await admin.new_event_type(policy=policy)
    page = await admin.new_page(event_type)
    booking = await customer.booked(page["slug"], OFFERED)
    path = f"/manage/{token_of(booking)}/cancel"
    nowhere = "/manage/0ABC01234567890123456789012345/cancel"
    for one in (path, nowhere):
        plain = await customer.call("POST", one, {"why": ""}, content_type="text/plain")
        refused(plain, 415, "unsupported-media-type")
        refused(await customer.call("POST", one), 415, "unsupported-media-type")
        refused(await customer.post(one, {"why": ""}), 422, "invalid", "why")
    refused(await customer.post(nowhere, {}), 404, "not-found")
    refused(await customer.post(path, {}), 403, "policy-refuses")
    answered(await admin.post(f"/bookings/{booking['id']}/cancel"))
    refused(await customer.post(path, {}), 409, "booking-not-active")


@pytest.mark.parametrize("state", ["booked", "revoked", "expired", "unavailable"])
async def test_every_call_on_a_code_refuses_alike(
    admin: Api, customer: Api, clock: Clock, state: str
) -> None:
    page = await admin.new_page(await admin.new_event_type())
    link = await admin.new_link(page, expires_in_days=1)
    if state == "booked":
        await customer.booked(link["code"], OFFERED)
    if state == "revoked":
        answered(await admin.post(f"/links/{link['id']}/revoke"))
    if state == "expired":
        clock.forward(days=1)
    if state == "unavailable":
        answered(await admin.patch(f"/booking-pages/{page['id']}", {"enabled": False}, confirm=1))
    days = {"from_": "2026-11-19", "to": "2026-11-19"}
    for reply in (
        await customer.get(f"/book/{link['code']}"),
        await customer.get(f"/book/{link['code']}/slots", **days),
        await customer.get(f"/book/{link['code']}/slots", **days, event_type="missing"),
        await customer.post(f"/book/{link['code']}/opened"),
        await customer.book(link["code"], OFFERED),
        await customer.book(link["code"], OFFERED, name=None),
    ):
        refused(reply, 410, f"link-{state}")


async def test_what_http_itself_refuses_is_a_problem_too(admin: Api, customer: Api) -> None:
    refused(await customer.get("/nothing/here"), 404, "not-found")
    refused(await admin.delete("/links"), 405, "method-not-allowed")
    large = await admin.call("POST", "/event-types", data=b" " * (64 * 1024 + 1))
    refused(large, 413, "body-too-large")
