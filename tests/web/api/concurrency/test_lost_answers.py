"""The connection to Redis breaks while a call is written: the store sends again, and it is done once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.support.api.calling import (
    Api,
    Reply,
    answered,
    booking_body,
    event_type_body,
    page_body,
    refused,
    token_of,
)
from tests.support.api.deployment import Clock, Deployment, deployed
from tests.support.flaky_link import Cut, FlakyLink, flaky_link
from tests.support.invariants import check_invariants
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

START, LATER = "2026-11-19T08:00:00Z", "2026-11-19T09:00:00Z"
ATTEMPTS = 4
"""How often the store sends before it gives up."""


class Call(NamedTuple):
    """A call that writes: the script that it runs, by whom, and what is sent where."""

    script: str
    api: Api
    method: str
    path: str
    body: Any = None
    is_creation: bool = False

    async def send(self) -> Reply:
        """Make the call, with an Idempotency-Key where it takes one."""
        key = "once" if self.is_creation else None
        return await self.api.call(self.method, self.path, self.body, idempotency_key=key)


CALLS = [
    "make an event type",
    "make a page",
    "make a link",
    "make links",
    "book by a link",
    "book by a page",
    "change an event type",
    "change a page",
    "rename a page",
    "delete a page",
    "change a link",
    "revoke a link",
    "reactivate a link",
    "open a link",
    "move as customer",
    "move as host",
    "cancel as customer",
    "cancel as host",
    "miss a customer",
]


class Broken(NamedTuple):
    """A server whose connection to Redis a test breaks."""

    link: FlakyLink
    deployment: Deployment


@pytest.fixture
async def broken(redis_url: str, clock: Clock) -> AsyncIterator[Broken]:
    """A server behind a connection that can be cut; the database must add up afterwards."""
    async with flaky_link(redis_url) as link, deployed(link.url, clock) as deployment:
        yield Broken(link, deployment)
        assert await check_invariants(deployment.store.client) == []


async def prepare(deployment: Deployment, what: str) -> Call:
    """What there must be for one of the calls, and the call."""
    admin, customer = await deployment.user("administrator"), deployment.customer
    event_type = await admin.new_event_type()
    page = await admin.new_page(event_type)
    link = await admin.new_link(page, on_cancel="reactivate")
    used, revoked = await admin.new_link(page, on_cancel="reactivate"), await admin.new_link(page)
    answered(await admin.post(f"/links/{revoked['id']}/revoke"))
    booking = await customer.booked(used["code"], "2026-11-19T10:00:00Z")
    if what == "miss a customer":
        deployment.clock.forward(hours=23)
    people = [{"name": f"No. {n}", "email": f"{n}@example.test"} for n in range(20)]
    links = {"page": page["id"], "people": people}
    type_path, page_path = f"/event-types/{event_type['id']}", f"/booking-pages/{page['id']}"
    link_path, host = f"/links/{link['id']}", f"/bookings/{booking['id']}"
    manage = f"/manage/{token_of(booking)}"
    calls = {
        "make an event type": Call("config_write", admin, "POST", "/event-types", event_type_body(), True),
        "make a page": Call("config_write", admin, "POST", "/booking-pages", page_body(event_type), True),
        "make a link": Call("link_create", admin, "POST", "/links", {"page": page["id"]}, True),
        "make links": Call("link_create", admin, "POST", "/links/batch", links, True),
        "book by a link": Call("book", customer, "POST", f"/book/{link['code']}", booking_body(START), True),
        "book by a page": Call("book", customer, "POST", f"/book/{page['slug']}", booking_body(START), True),
        "change an event type": Call("config_write", admin, "PATCH", type_path, {"name": "Other"}),
        "change a page": Call("config_write", admin, "PATCH", page_path, {"title": "Other"}),
        "rename a page": Call("directory_swap", admin, "PATCH", page_path, {"slug": "renamed"}),
        "delete a page": Call("config_write", admin, "DELETE", f"{page_path}?confirm=1"),
        "change a link": Call("link_update", admin, "PATCH", link_path, {"note": "Other"}),
        "revoke a link": Call("link_revoke", admin, "POST", f"{link_path}/revoke"),
        "reactivate a link": Call("link_reactivate", admin, "POST", f"/links/{revoked['id']}/reactivate"),
        "open a link": Call("link_opened", customer, "POST", f"/book/{link['code']}/opened"),
        "move as customer": Call(
            "booking_reschedule", customer, "POST", f"{manage}/reschedule", {"start": LATER}
        ),
        "move as host": Call("booking_reschedule", admin, "POST", f"{host}/reschedule", {"start": LATER}),
        "cancel as customer": Call("booking_cancel", customer, "POST", f"{manage}/cancel", {}),
        "cancel as host": Call("booking_cancel", admin, "POST", f"{host}/cancel"),
        "miss a customer": Call("booking_no_show", admin, "POST", f"{host}/no-show"),
    }
    return calls[what]


@pytest.mark.parametrize("cut", list(Cut))
@pytest.mark.parametrize("what", CALLS)
async def test_a_broken_connection_is_not_noticed(broken: Broken, what: str, cut: Cut) -> None:
    call = await prepare(broken.deployment, what)
    sha = broken.deployment.store.scripts[call.script].sha.encode()
    broken.link.cut(cut, matching=sha)
    reply = await call.send()
    assert reply.status in {200, 201, 204}, reply
    assert broken.link.cuts == 1
    if call.is_creation:
        assert (await call.send()).text == reply.text
    elif call.path.endswith("/cancel"):
        refused(await call.send(), 409, "booking-not-active")


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
@pytest.mark.parametrize("what", ["make a page", "book by a link"])
async def test_an_outcome_that_stays_unknown_is_found_by_trying_again(
    broken: Broken, what: str, cut: Cut
) -> None:
    call = await prepare(broken.deployment, what)
    [before] = await read_workspaces(broken.deployment.store.client)
    sha = broken.deployment.store.scripts[call.script].sha.encode()
    broken.link.cut(*[cut] * ATTEMPTS, matching=sha)
    reply = await call.send()
    refused(reply, 503, "outcome-unknown", retry=True)
    assert reply.headers["Retry-After"] == "1"
    [after] = await read_workspaces(broken.deployment.store.client)
    assert (after == before) == (cut is Cut.BEFORE)
    first, second = await call.send(), await call.send()
    assert first.status == 201
    assert second.text == first.text


async def test_a_read_that_cannot_be_made_is_to_be_tried_again(broken: Broken) -> None:
    admin = await broken.deployment.user("administrator")
    broken.link.is_down = True
    reply = await admin.get("/me")
    refused(reply, 503, "busy", retry=True)
    assert reply.headers["Retry-After"] == "1"
    broken.link.is_down = False
    answered(await admin.get("/me"))
