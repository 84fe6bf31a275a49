"""`/api/v1/erasures`: afterwards nothing of the person is anywhere in Redis, nor in its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.records.contacts.unsubscribed import is_unsubscribed
from tests.support.api.calling import answered, created, refused
from tests.support.api.deployment import Clock, deployed
from tests.support.customer.visitor import Visitor
from tests.support.factories import WORKSPACE
from tests.support.invariants import check_invariants
from tests.support.personal_data.everywhere import places_with
from tests.support.personal_data.marked import EMAIL, MARK, OTHER, Marked, leave_marks, work
from tests.support.worker.workers import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment
    from tests.support.redis_server import RedisServer


@pytest.fixture
async def at(own_redis: RedisServer) -> AsyncIterator[Deployment]:
    """A server with a Redis of its own, whose files a test reads."""
    async with deployed(own_redis.url, Clock()) as running:
        yield running
        assert await check_invariants(running.store.client) == []


async def erase(at: Deployment, api: Api, email: str = EMAIL) -> Any:
    """Erase an address, and return the erasure once it is done."""
    made = created(await api.post("/erasures", {"email": email}))
    return await finished(at, api, made["id"])


async def finished(at: Deployment, api: Api, erasure: str) -> Any:
    """The erasure once it is done; time passes, since the job looks at Redis's file once a second."""
    found: list[Any] = []

    async def is_done() -> bool:
        await work(at)
        at.clock.forward(seconds=1)
        found.append(answered(await api.get(f"/erasures/{erasure}")))
        return bool(found[-1]["state"] == "done")

    await until(is_done)
    return found[-1]


async def test_afterwards_nothing_of_the_person_is_anywhere(at: Deployment, own_redis: RedisServer) -> None:
    marked = await leave_marks(at)
    before = await places_with(at.store, own_redis, MARK)
    assert {"plain text", "sealed in mails:kept"} < before
    assert any(place.startswith("the file") for place in before)
    assert any(place.startswith("sealed in email_code") for place in before)
    assert any(place.startswith("sealed in hook") for place in before)
    assert any(place.startswith("sealed in operation") for place in before)

    done = await erase(at, marked.host.api)

    assert await places_with(at.store, own_redis, MARK) == set()
    assert (done["files"], done["email"], done["left"], done["jobs"]) == ("rewritten", None, 0, 1)
    assert (done["bookings"], done["links"], done["guests"], done["contacts"]) == (5, 4, 1, 1)
    assert done["mails"] > 0
    assert await is_unsubscribed(at.store, WORKSPACE, EMAIL)  # what the person asked for outlives their data
    await _others_have_everything(at, marked)


async def _others_have_everything(at: Deployment, marked: Marked) -> None:
    [booking] = await marked.host.bookings()
    assert (booking["person"], booking["guests"]) == (OTHER, ["gus@customer.test"])
    assert (await at.customer.get(f"/manage/{marked.other_token}")).body["person"] == OTHER
    people = [link["person"] for link in await marked.host.links()]
    assert sorted(people, key=str) == sorted([None, OTHER], key=str)
    shared = next(link for link in await marked.host.links() if link["code"] == marked.other_code)
    assert len(shared["bookings"]) == 1
    for mail in (await at.store.client.lrange(at.store.keys("0ABC").kept_mails, 0, -1)) or []:
        assert mail


async def test_its_addresses_say_that_it_is_gone(at: Deployment, own_redis: RedisServer) -> None:
    marked = await leave_marks(at)
    await erase(at, marked.host.api)
    visitor = Visitor(at.http, at.url)
    for token in marked.tokens:
        refused(await at.customer.get(f"/manage/{token}"), 410, "booking-deleted")
        refused(await at.customer.post(f"/manage/{token}/cancel", {}), 410, "booking-deleted")
        for path in ("", "/cancel", "/reschedule", "/invite.ics"):
            assert (await visitor.get(f"/manage/{token}{path}")).status == 410
    used = await visitor.get(f"/.{marked.other_code}")
    for code in marked.codes:
        refused(await at.customer.get(f"/book/{code}"), 410, "link-booked")
        start = "2026-12-01T09:00:00Z"
        refused(await at.customer.book(code, start, **OTHER), 410, "link-booked")
        gone = await visitor.get(f"/.{code}")
        assert (gone.status, gone.text.replace(code, "")) == (410, used.text.replace(marked.other_code, ""))
        assert (await visitor.post(f"/.{code}/resend", {"email": EMAIL})).status == 202
    again = {"page": marked.host.page["id"], "person": {"name": "Zoe", "email": EMAIL}}
    refused(await marked.host.api.post("/links", again, idempotency_key="a"), 422, "idempotency-key-reused")


async def test_bookings_to_come_must_be_cancelled_first(at: Deployment) -> None:
    marked = await leave_marks(at)
    api = marked.host.api
    booking = await at.customer.booked(
        marked.host.page["slug"], "2026-12-01T09:00:00Z", name="Zoe", email=EMAIL
    )
    reply = await api.post("/erasures", {"email": EMAIL.upper()})
    refused(reply, 409, "has-live-bookings")
    assert reply.body["bookings"] == [booking["id"]]
    answered(await api.post(f"/bookings/{booking['id']}/cancel", {}))
    assert (await erase(at, api, EMAIL.upper()))["bookings"] == 6


async def test_a_booking_made_meanwhile_is_left(at: Deployment) -> None:
    marked = await leave_marks(at)
    made = created(await marked.host.api.post("/erasures", {"email": EMAIL}))
    await at.customer.booked(marked.host.page["slug"], "2026-12-01T09:00:00Z", name="Zoe", email=EMAIL)
    done = await finished(at, marked.host.api, made["id"])
    assert (done["bookings"], done["left"]) == (5, 1)


async def test_the_same_key_starts_one_erasure(at: Deployment, own_redis: RedisServer) -> None:
    api = (await leave_marks(at)).host.api
    body = {"email": EMAIL}
    first = created(await api.post("/erasures", body, idempotency_key="once"))
    again = created(await api.post("/erasures", body, idempotency_key="once"))
    assert first["id"] == again["id"]
    refused(
        await api.post("/erasures", {"email": "other@customer.test"}, idempotency_key="once"),
        422,
        "idempotency-key-reused",
    )
    await finished(at, api, first["id"])
    assert len((await api.get("/erasures")).items) == 1
    assert await places_with(at.store, own_redis, MARK) == set()


async def test_an_erasure_that_was_interrupted_goes_on(
    at: Deployment, own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = await leave_marks(at)
    made = created(await marked.host.api.post("/erasures", {"email": EMAIL}))
    call, calls = at.store.call, 0

    async def dies(script: str, *args: Any, **more: Any) -> Any:
        nonlocal calls
        answer = await call(script, *args, **more)
        if script in {"booking_erase", "booking_guest_erase", "link_erase", "mails_erase"}:
            calls += 1
            if calls % 2 == 0:
                raise RuntimeError("the worker dies")
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(at.store, "call", dies)
        for _ in range(10):
            await work(at)
            at.clock.forward(minutes=10)
    done = await finished(at, marked.host.api, made["id"])
    assert (done["bookings"], done["links"]) == (5, 4)
    assert await places_with(at.store, own_redis, MARK) == set()


async def test_a_guest_of_bookings_to_come_is_erased_and_the_bookings_stay(at: Deployment) -> None:
    marked = await leave_marks(at)
    slug, start = marked.host.page["slug"], "2026-12-01T09:00:00Z"
    booking = await at.customer.booked(slug, start, **OTHER, guests=[EMAIL])
    assert (await erase(at, marked.host.api))["guests"] == 2
    found = answered(await marked.host.api.get(f"/bookings/{booking['id']}"))
    assert (found["status"], found["guests"]) == ("scheduled", [])
    assert (await marked.host.api.get("/bookings", q=EMAIL)).items == []
    again = await at.customer.booked(slug, "2026-12-01T10:00:00Z", **OTHER, guests=[EMAIL])
    assert again["guests"] == [EMAIL.replace("Customer", "customer")]


async def test_a_redis_that_rewrites_no_file_is_named(at: Deployment, own_redis: RedisServer) -> None:
    marked = await leave_marks(at)
    with own_redis.client() as client:
        client.execute_command("ACL", "SETUSER", "default", "-bgrewriteaof")
    assert (await erase(at, marked.host.api))["files"] == "refused"


async def test_only_an_address_can_be_erased(at: Deployment) -> None:
    api = (await leave_marks(at)).host.api
    refused(await api.post("/erasures", {"email": "nobody"}), 422, "invalid", "email")
    refused(await api.get("/erasures/unknown"), 404, "not-found")
    for action in ("carry-out", "decline"):
        refused(await api.post(f"/erasures/unknown/{action}"), 404, "not-found")
