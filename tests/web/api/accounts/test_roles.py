"""Who may call what, beyond what tests/roles tries with every route."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain.people.scopes import AREAS
from admitone.store.records.configuration.configuration import RecordWrite, write_config
from admitone.usecases.accounts.api_key_create import api_key_id
from admitone.web.http.route import Access, Route
from admitone.web.http.scope import Special
from admitone.web.routes import ROUTES
from tests.support.api.calling import Api, Reply, answered, event_type_body, page_body, refused, token_of
from tests.support.factories import NOW, WORKSPACE, an_api_key, an_event
from tests.support.invariants import check_invariants

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment

START = "2026-11-19T08:00:00Z"
LATER = "2026-11-19T09:00:00Z"
WRITES = [
    route
    for route in ROUTES
    if route.path.startswith("/api/v1/")
    and route.access in {Access.MEMBER, Access.ADMINISTRATOR}
    and route.method != "GET"
    and not str(route.scope).endswith(":read")  # it only shows something, or notes what its user has read
]


def name(route: Route) -> str:
    """A route as a test's name."""
    return f"{route.method} {route.path}"


async def call(api: Api, route: Route, **headers: str) -> Reply:
    """A call of a route without anything that it needs."""
    path = route.path.removeprefix("/api/v1").replace("{", "").replace("}", "")
    data = b"{}" if route.method in {"POST", "PATCH"} else None
    return await api.call(route.method, path, data=data, headers=headers)


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
    reply = await customer.call("GET", "/me", headers=headers)
    refused(reply, 401, "unauthenticated")
    scheme, _, token = headers["Authorization"].partition(" ")
    was_sent = scheme == "Bearer" and token.strip()
    assert reply.headers["WWW-Authenticate"] == ('Bearer error="invalid_token"' if was_sent else "Bearer")


async def test_a_call_without_a_credential_is_told_the_scheme_and_no_error(customer: Api) -> None:
    reply = await customer.get("/me")
    refused(reply, 401, "unauthenticated")
    assert reply.headers["WWW-Authenticate"] == "Bearer"


async def test_an_access_token_that_is_refused_is_called_invalid(customer: Api) -> None:
    reply = await customer.call("GET", "/me", headers={"Authorization": "Bearer a.b.c"})
    refused(reply, 401, "unauthenticated")
    assert reply.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


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
    record = an_api_key(id=api_key_id(key), user=admin.user, scopes=[f"{area}:read" for area in AREAS])
    write = RecordWrite(kind="api_key", id=record.id, version=0, record=record, created_at=NOW)
    await write_config(deployment.store, WORKSPACE, [write], an_event("config.created"), now=NOW)
    return Api(admin.http, admin.server, key, admin.user)


@pytest.mark.parametrize("route", WRITES, ids=name)
async def test_a_key_that_may_read_does_not_write(reader: Api, route: Route) -> None:
    needs_session = route.scope is Special.SESSION
    refused(await call(reader, route), 403, "session-required" if needs_session else "scope-missing")


async def test_a_key_that_may_read_reads(admin: Api, reader: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    assert (await reader.get("/booking-pages")).ids == [page["id"]]
    assert answered(await reader.get("/me"))["id"] == admin.user


async def test_another_workspace_s_lists_hold_nothing_of_this_one(
    stranger: Api, admin: Api, member: Api, customer: Api
) -> None:
    page = await member.new_page(await admin.new_event_type())
    await customer.booked((await member.new_link(page))["code"], START)
    for path, filters in (
        ("/event-types", [{}]),
        ("/booking-pages", [{}]),
        ("/pages", [{}]),
        (
            "/links",
            [{}, {"page": page["id"]}, {"created_by": page["owner"]}, {"status": "active"}],
        ),
        ("/bookings", [{}, {"page": page["id"]}, {"host": page["owner"]}, {"q": "carla"}]),
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
