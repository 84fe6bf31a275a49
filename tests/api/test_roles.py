"""Who may call what: nobody acts outside their workspace or above their role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from admitone.store.config_store import RecordWrite, write_config
from admitone.usecases.api_key_create import api_key_id
from admitone.web.route import Access, Route
from admitone.web.routes import ROUTES
from tests.api.calling import Api, Reply, answered, event_type_body, page_body, refused, token_of
from tests.factories import NOW, WORKSPACE, an_api_key, an_event
from tests.invariants import check_invariants
from tests.raw_database import read_workspaces

if TYPE_CHECKING:
    from tests.api.deployment import Clock, Deployment

START = "2026-11-19T08:00:00Z"
LATER = "2026-11-19T09:00:00Z"
HOST_ROUTES = [
    route
    for route in ROUTES
    if route.path.startswith("/api/v1/") and route.access in {Access.MEMBER, Access.ADMINISTRATOR}
]
WRITES = [route for route in HOST_ROUTES if route.method != "GET"]


def name(route: Route) -> str:
    """A route as a test's name."""
    return f"{route.method} {route.path}"


async def call(api: Api, route: Route, **headers: str) -> Reply:
    """A call of a route without anything that it needs."""
    path = route.path.removeprefix("/api/v1").replace("{", "").replace("}", "")
    data = b"{}" if route.method in {"POST", "PATCH"} else None
    return await api.call(route.method, path, data=data, headers=headers)


@pytest.mark.parametrize("route", HOST_ROUTES, ids=name)
async def test_nobody_calls_a_host_s_address_without_a_credential(customer: Api, route: Route) -> None:
    reply = await call(customer, route)
    refused(reply, 401, "unauthenticated")
    assert reply.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer missing",
        "Bearer {key}0",
        "Bearer 0XYZ{rest}",
        "Bearer {workspace}{zeros}",
        "Basic {key}",
        "{key}",
        "Bearer {key} {key}",
        "Bearer é",
    ],
)
async def test_a_credential_that_is_none_opens_nothing(admin: Api, customer: Api, credential: str) -> None:
    assert admin.key
    parts = {"key": admin.key, "rest": admin.key[4:], "workspace": WORKSPACE, "zeros": "0" * 36}
    headers = {"Authorization": credential.format(**parts)}
    refused(await customer.call("GET", "/me", headers=headers), 401, "unauthenticated")


async def test_the_scheme_and_the_key_are_read_in_any_case(admin: Api, customer: Api) -> None:
    assert admin.key
    for credential in (f"bearer {admin.key}", f"BEARER  {admin.key.lower()}"):
        reply = await customer.call("GET", "/me", headers={"Authorization": credential})
        assert answered(reply)["id"] == admin.user


async def test_a_key_ends_with_its_user_or_when_it_is_deleted(deployment: Deployment, member: Api) -> None:
    assert member.key
    answered(await member.get("/me"))
    await deployment.change_user(member, active=False)
    refused(await member.get("/me"), 401, "unauthenticated")
    await deployment.change_user(member, active=True)
    answered(await member.get("/me"))
    assert (await member.delete(f"/api-keys/{api_key_id(member.key)}")).status == 204
    refused(await member.get("/me"), 401, "unauthenticated")


@pytest.fixture
async def reader(deployment: Deployment, admin: Api) -> Api:
    """An administrator's program whose key may only read."""
    key = WORKSPACE + "R" * 36
    record = an_api_key(id=api_key_id(key), user=admin.user, scope="read")
    write = RecordWrite(kind="api_key", id=record.id, version=0, record=record, created_at=NOW)
    await write_config(deployment.store, WORKSPACE, [write], an_event("config.created"), now=NOW)
    return Api(admin.http, admin.server, key, admin.user)


@pytest.mark.parametrize("route", WRITES, ids=name)
async def test_a_key_that_may_read_does_not_write(reader: Api, route: Route) -> None:
    refused(await call(reader, route), 403, "forbidden")


async def test_a_key_that_may_read_reads(admin: Api, reader: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    assert (await reader.get("/booking-pages")).ids == [page["id"]]
    assert answered(await reader.get("/me"))["id"] == admin.user


@pytest.mark.parametrize(
    "route", [route for route in HOST_ROUTES if route.access is Access.ADMINISTRATOR], ids=name
)
async def test_a_member_does_not_do_what_administrators_do(member: Api, route: Route) -> None:
    refused(await call(member, route), 403, "forbidden")


class World(NamedTuple):
    """What there is in a workspace: a member's page, link and booking."""

    event_type: Any
    page: Any
    link: Any
    revoked: Any
    booking: Any

    def calls(self) -> dict[str, tuple[str, str, Any]]:
        """Every call on one record: its method, path and body."""
        event_type = f"/event-types/{self.event_type['id']}"
        page = f"/booking-pages/{self.page['id']}"
        link, revoked = f"/links/{self.link['id']}", f"/links/{self.revoked['id']}"
        booking = f"/bookings/{self.booking['id']}"
        return {
            "read an event type": ("GET", event_type, None),
            "read a page": ("GET", page, None),
            "read a link": ("GET", link, None),
            "read a booking": ("GET", booking, None),
            "change an event type": ("PATCH", event_type, {"name": "Other"}),
            "change a page": ("PATCH", page, {"title": "Other"}),
            "change a link": ("PATCH", link, {"note": "Other"}),
            "revoke a link": ("POST", f"{link}/revoke", None),
            "reactivate a link": ("POST", f"{revoked}/reactivate", None),
            "move a booking": ("POST", f"{booking}/reschedule", {"start": LATER}),
            "miss a customer": ("POST", f"{booking}/no-show", None),
            "cancel a booking": ("POST", f"{booking}/cancel", None),
            "delete a page": ("DELETE", page, None),
            "delete an event type": ("DELETE", event_type, None),
        }


CALLS = list(World({"id": ""}, {"id": ""}, {"id": ""}, {"id": ""}, {"id": ""}).calls())
READS = [what for what in CALLS if what.startswith("read")]
EVENT_TYPES = ["change an event type", "delete an event type"]


@pytest.fixture
async def world(admin: Api, member: Api, customer: Api) -> World:
    """What is a member's, but for the event type, which is the workspace's."""
    event_type = await admin.new_event_type()
    page = await member.new_page(event_type)
    revoked = await member.new_link(page)
    answered(await member.post(f"/links/{revoked['id']}/revoke"))
    booking = await customer.booked((await member.new_link(page))["code"], START)
    return World(event_type, page, await member.new_link(page), revoked, booking)


async def send(api: Api, world: World, what: str, clock: Clock) -> Reply:
    """Make one of the calls, at a time when it can be done."""
    method, path, body = world.calls()[what]
    if what == "miss a customer":
        clock.forward(hours=21)
    query = {"confirm": 1} if method == "DELETE" else None
    return await api.call(method, path, body, query=query)


@pytest.mark.parametrize("what", CALLS)
async def test_an_administrator_does_everything(admin: Api, world: World, clock: Clock, what: str) -> None:
    assert (await send(admin, world, what, clock)).status in {200, 204}


@pytest.mark.parametrize("what", [what for what in CALLS if what not in EVENT_TYPES])
async def test_a_member_does_everything_with_what_is_theirs(
    member: Api, world: World, clock: Clock, what: str
) -> None:
    assert (await send(member, world, what, clock)).status in {200, 204}


@pytest.mark.parametrize("what", CALLS)
async def test_a_member_sees_what_is_another_s_and_does_not_touch_it(
    deployment: Deployment, other_member: Api, world: World, clock: Clock, what: str
) -> None:
    before = await read_workspaces(deployment.store.client)
    reply = await send(other_member, world, what, clock)
    if what in READS:
        answered(reply)
    else:
        refused(reply, 403, "forbidden")
    assert await read_workspaces(deployment.store.client) == before


@pytest.mark.parametrize("what", CALLS)
async def test_another_workspace_s_administrator_finds_nothing(
    deployment: Deployment, stranger: Api, world: World, clock: Clock, what: str
) -> None:
    before = await read_workspaces(deployment.store.client)
    refused(await send(stranger, world, what, clock), 404, "not-found")
    assert await read_workspaces(deployment.store.client) == before


async def test_another_workspace_s_lists_hold_nothing_of_this_one(stranger: Api, world: World) -> None:
    for path, filters in (
        ("/event-types", [{}]),
        ("/booking-pages", [{}]),
        ("/pages", [{}]),
        (
            "/links",
            [{}, {"page": world.page["id"]}, {"created_by": world.page["owner"]}, {"status": "active"}],
        ),
        ("/bookings", [{}, {"page": world.page["id"]}, {"host": world.page["owner"]}, {"q": "carla"}]),
    ):
        for query in filters:
            assert (await stranger.get(path, **query)).items == []


async def test_the_maker_of_a_link_and_the_owner_of_its_page_change_it(
    admin: Api, member: Api, other_member: Api
) -> None:
    page = await member.new_page(await admin.new_event_type())
    for maker in (admin, member, other_member):
        link = await maker.new_link(page)
        for api in (admin, member):
            answered(await api.patch(f"/links/{link['id']}", {"note": "Other"}))
        theirs = await other_member.patch(f"/links/{link['id']}", {"note": "Mine"})
        if maker is other_member:
            answered(theirs)
        else:
            refused(theirs, 403, "forbidden")
    gone = await other_member.new_link(page)
    await member.delete(f"/booking-pages/{page['id']}", confirm=1)
    refused(await member.post(f"/links/{gone['id']}/revoke"), 403, "forbidden")
    answered(await other_member.post(f"/links/{gone['id']}/revoke"))


async def test_a_member_makes_pages_for_nobody_else(admin: Api, member: Api, other_member: Api) -> None:
    event_type = await admin.new_event_type()
    body = page_body(event_type, owner=other_member.user)
    refused(await member.post("/booking-pages", body), 403, "forbidden")
    page = await member.new_page(event_type)
    patch = {"owner": other_member.user}
    refused(await member.patch(f"/booking-pages/{page['id']}", patch), 403, "forbidden")
    assert answered(await admin.patch(f"/booking-pages/{page['id']}", patch))["owner"] == other_member.user
    refused(await member.patch(f"/booking-pages/{page['id']}", {"title": "Mine"}), 403, "forbidden")


async def test_a_new_owner_is_the_host_of_later_bookings(
    admin: Api, member: Api, other_member: Api, customer: Api
) -> None:
    page = await member.new_page(await admin.new_event_type())
    before = await customer.booked(page["slug"], START)
    answered(await admin.patch(f"/booking-pages/{page['id']}", {"owner": other_member.user}))
    after = await customer.booked(page["slug"], START)
    assert answered(await admin.get(f"/bookings/{before['id']}"))["host"] == member.user
    assert answered(await admin.get(f"/bookings/{after['id']}"))["host"] == other_member.user
    refused(await other_member.post(f"/bookings/{before['id']}/cancel"), 403, "forbidden")
    answered(await customer.post(f"/manage/{token_of(before)}/reschedule", {"start": LATER}))


async def test_a_refusal_to_a_member_comes_before_what_is_wrong_with_the_body(member: Api) -> None:
    refused(await member.post("/event-types", event_type_body(name="")), 403, "forbidden")
    plain = await member.call("POST", "/event-types", data=b"x", content_type="text/plain")
    refused(plain, 403, "forbidden")


async def test_me_is_the_caller(deployment: Deployment, admin: Api, member: Api) -> None:
    assert answered(await admin.get("/me"))["role"] == "administrator"
    me = answered(await member.get("/me"))
    assert (me["id"], me["name"], me["role"]) == (member.user, "Hanna Host", "member")
    assert me["workspace"] == {"id": WORKSPACE, "name": "Acme"}
    assert me["connected"] == {"google": False, "calendar": False, "mail": False}
    assert await check_invariants(deployment.store.client) == []
