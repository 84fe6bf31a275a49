"""A 201 says in `Location` where the new record is (RFC 9110, 10.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.api.calling import (
    a_rule,
    answered,
    booking_body,
    event_type_body,
    master_page_body,
    page_body,
    token_of,
)

if TYPE_CHECKING:
    from tests.support.api.calling import Api, Reply

PREFIX = "/api/v1"
CARLA = {"name": "Carla Customer", "email": "carla@customer.test"}
START = "2026-11-19T08:00:00Z"


async def test_a_new_record_is_found_where_its_answer_says(admin: Api) -> None:
    event_type = await _made(admin, "/event-types", event_type_body())
    page = await _made(admin, "/booking-pages", page_body(event_type))
    await _made(admin, "/pools", {"name": "All", "method": "pooled", "members": [{"page": page["id"]}]})
    await _made(admin, "/master-pages", master_page_body(a_rule(event_type, page)))
    await _made(admin, "/webhooks", {"endpoint": "https://crm.test/hook", "events": ["link.created"]})
    await _made(admin, "/links", {"page": page["id"]})


async def test_what_is_never_shown_again_can_be_deleted_there(admin: Api) -> None:
    for path, body in (("/api-keys", {"label": "CRM"}), ("/invitations", {"email": "new@host.test"})):
        reply = await admin.in_session().post(path, body)
        assert reply.status == 201
        assert (await admin.delete(_location(reply))).status == 204


async def test_a_batch_says_where_links_are_listed(admin: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    reply = await admin.post("/links/batch", {"page": page["id"], "people": [CARLA]})
    assert (await admin.get(_location(reply))).items == reply.body["items"]


async def test_a_customer_finds_the_booking_there(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    reply = await customer.post(f"/book/{page['slug']}", booking_body(START))
    assert _location(reply) == f"/manage/{token_of(reply.body)}"
    assert answered(await customer.get(_location(reply)))["id"] == reply.body["id"]


async def test_a_repeated_call_names_the_same_place(admin: Api) -> None:
    body = event_type_body()
    first, again = [await admin.post("/event-types", body, idempotency_key="once") for _ in range(2)]
    assert _location(first) == _location(again)


async def test_every_call_that_creates_describes_its_location(admin: Api) -> None:
    async with admin.http.get(f"{admin.server}/api/openapi.json") as answer:
        document = await answer.json()
    calls = [call for methods in document["paths"].values() for call in methods.values()]
    creating = [call["responses"]["201"] for call in calls if "201" in call["responses"]]
    assert len(creating) > 5
    assert all(answer["headers"]["Location"]["required"] for answer in creating)


async def _made(admin: Api, path: str, body: Any) -> Any:
    """The record that a POST makes, which must be the one at its `Location`."""
    reply = await admin.post(path, body)
    found = answered(await admin.get(_location(reply)))
    assert reply.body["id"] == found["id"], reply
    assert _location(reply) == f"{path}/{found['id']}"
    return found


def _location(reply: Reply) -> str:
    assert reply.status == 201, reply
    location = reply.headers["Location"]
    assert location.startswith(PREFIX)
    return location.removeprefix(PREFIX)
