"""`Idempotency-Key`: the same key and body give the same answer for 24 hours, and are done once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.support.api.calling import Api, Reply, booking_body, created, event_type_body, page_body, refused

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment

DAY = 86_400


class Call(NamedTuple):
    """A call that creates: by whom, where, what, what else could be sent there, and where it is listed."""

    api: Api
    path: str
    body: dict[str, Any]
    other: dict[str, Any]
    list_path: str
    made: int = 1

    async def send(self, key: str | None = "once", **changes: Any) -> Reply:
        """Make the call."""
        return await self.api.post(self.path, self.body | changes, idempotency_key=key)


@pytest.fixture(params=["event-types", "booking-pages", "links", "links/batch", "book/CODE", "book/slug"])
async def call(request: pytest.FixtureRequest, admin: Api, customer: Api) -> Call:
    """Each call that creates."""
    event_type = await admin.new_event_type()
    page = await admin.new_page(event_type)
    link = await admin.new_link(page)
    people = [{"name": f"No. {number}", "email": f"{number}@example.test"} for number in range(20)]
    booking = booking_body("2026-11-19T08:00:00Z")
    later = {"start": "2026-11-19T09:00:00Z"}
    calls = {
        "event-types": Call(admin, "/event-types", event_type_body(), {"name": "Other"}, "/event-types", 2),
        "booking-pages": Call(
            admin, "/booking-pages", page_body(event_type), {"title": "Other"}, "/booking-pages", 2
        ),
        "links": Call(admin, "/links", {"page": page["id"]}, {"note": "Other"}, "/links", 2),
        "links/batch": Call(
            admin,
            "/links/batch",
            {"page": page["id"], "people": people},
            {"people": people[:1]},
            "/links",
            21,
        ),
        "book/CODE": Call(customer, f"/book/{link['code']}", booking, later, "/bookings"),
        "book/slug": Call(customer, f"/book/{page['slug']}", booking, later, "/bookings"),
    }
    found: Call = calls[request.param]
    return found


async def test_the_same_key_and_body_give_the_same_answer(admin: Api, call: Call) -> None:
    first = await call.send()
    assert first.status == 201
    for _ in range(2):
        again = await call.send()
        assert (again.status, again.text) == (201, first.text)
    assert len((await admin.get(call.list_path)).ids) == call.made


async def test_simultaneous_calls_are_one(admin: Api, call: Call) -> None:
    replies = await asyncio.gather(*(call.send() for _ in range(20)))
    assert {(reply.status, reply.text) for reply in replies} == {(201, replies[0].text)}
    assert len((await admin.get(call.list_path)).ids) == call.made


async def test_the_same_key_with_another_body_is_refused(admin: Api, call: Call) -> None:
    created(await call.send())
    refused(await call.send(**call.other), 422, "idempotency-key-reused")
    assert len((await admin.get(call.list_path)).ids) == call.made


async def test_of_simultaneous_bodies_one_is_done(admin: Api, call: Call) -> None:
    tries = [call.send(**(call.other if place % 2 else {})) for place in range(20)]
    replies = await asyncio.gather(*tries)
    done = {reply.text for reply in replies if reply.status == 201}
    assert len(done) == 1
    for reply in replies:
        if reply.status != 201:
            refused(reply, 422, "idempotency-key-reused")
    listed = len((await admin.get(call.list_path)).ids)
    assert listed == call.made or (call.path == "/links/batch" and listed == 2)


async def test_a_key_is_remembered_for_a_day(deployment: Deployment, call: Call) -> None:
    client = deployment.store.client
    before = {key async for key in client.scan_iter(match="*:operation:*")}
    created(await call.send())
    [key] = {key async for key in client.scan_iter(match="*:operation:*")} - before
    assert DAY - 60 < await client.ttl(key) <= DAY


async def test_a_forgotten_key_does_it_anew_or_says_why_not(deployment: Deployment, call: Call) -> None:
    first = await call.send()
    client = deployment.store.client
    await client.delete(*[key async for key in client.scan_iter(match="*:operation:*")])
    deployment.clock.forward(days=1)
    again = await call.send()
    if call.path == "/booking-pages":
        refused(again, 409, "slug-in-use")
    elif call.path.startswith("/book/"):
        assert again.status in {410, 422}
    else:
        assert again.status == 201
        assert again.text != first.text


async def test_without_a_key_each_call_counts(call: Call) -> None:
    if call.path in {"/event-types", "/links", "/links/batch"}:
        one, two = await call.send(None), await call.send(None)
        assert one.text != two.text
        assert (one.status, two.status) == (201, 201)


async def test_a_refusal_is_not_remembered(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type(), enabled=False)
    link = await admin.new_link(page)
    start = "2026-11-19T08:00:00Z"
    refused(await customer.book(link["code"], start, idempotency_key="once"), 410, "link-unavailable")
    await admin.patch(f"/booking-pages/{page['id']}", {"enabled": True})
    created(await customer.book(link["code"], start, idempotency_key="once"))


async def test_a_key_is_its_caller_s(admin: Api, member: Api, stranger: Api) -> None:
    body = event_type_body()
    made = [
        created(await api.post("/event-types", body, idempotency_key="once")) for api in (admin, stranger)
    ]
    page = await admin.new_page(made[0])
    body = {"page": page["id"]}
    made += [created(await api.post("/links", body, idempotency_key="once")) for api in (admin, member)]
    assert len({record["id"] for record in made}) == 4


async def test_a_key_is_its_route_s(admin: Api) -> None:
    event_type = created(await admin.post("/event-types", event_type_body(), idempotency_key="once"))
    page = created(await admin.post("/booking-pages", page_body(event_type), idempotency_key="once"))
    created(await admin.post("/links", {"page": page["id"]}, idempotency_key="once"))
    people = [{"name": "Carla", "email": "carla@customer.test"}]
    created(await admin.post("/links/batch", {"page": page["id"], "people": people}, idempotency_key="once"))


async def test_a_key_is_its_code_s_however_that_is_written(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    one, two = await admin.new_link(page), await admin.new_link(page)
    body = booking_body("2026-11-19T08:00:00Z")
    first = await customer.post(f"/book/{one['code']}", body, idempotency_key="once")
    for address in (f".{one['code']}", one["code"].lower(), one["code"].replace("0", "O").replace("1", "l")):
        again = await customer.post(f"/book/{address}", body, idempotency_key="once")
        assert (again.status, again.text) == (201, first.text)
    refused(await customer.post(f"/book/{two['code']}", body, idempotency_key="once"), 409, "slot-taken")
    other = await customer.book(two["code"], "2026-11-19T09:00:00Z", idempotency_key="once")
    assert created(other)["id"] != first.body["id"]


@pytest.mark.parametrize("key", ["x" * 255, "!~ \"'", "0"])
async def test_a_key_is_any_plain_text(admin: Api, key: str) -> None:
    first = await admin.post("/event-types", event_type_body(), idempotency_key=key)
    assert created(await admin.post("/event-types", event_type_body(), idempotency_key=key)) == first.body


@pytest.mark.parametrize("key", ["", "x" * 256, "über", "tab\tkey"])
async def test_what_is_no_plain_text_is_no_key(admin: Api, key: str) -> None:
    reply = await admin.call("POST", "/event-types", event_type_body(), headers={"Idempotency-Key": key})
    refused(reply, 422, "invalid", "Idempotency-Key")
