"""`/api/v1/api-keys`: a key is shown once, acts for its maker, and stops working when it is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest

from admitone.domain.people.scopes import EVERYTHING, Scope
from admitone.web.http.scope import Special
from admitone.web.routes import ROUTES
from tests.support.api.calling import Api, answered, created, refused

READS = [scope for scope in get_args(Scope) if scope.endswith(":read")]

if TYPE_CHECKING:
    from admitone.web.http.route import Route
    from tests.support.api.calling import Reply
    from tests.support.api.deployment import Deployment


async def test_a_key_acts_for_who_made_it(member: Api) -> None:
    made = created(await member.new_key(" CRM "))
    assert (made["label"], made["user"]) == ("CRM", member.user)
    assert (made["scopes"], made["expires_at"], made["ended"]) == (list(EVERYTHING), None, False)
    program = _program(member, made)
    assert answered(await program.get("/me"))["id"] == member.user
    [listed] = [key for key in (await member.get("/api-keys")).items if key["id"] == made["id"]]
    assert listed == {name: value for name, value in made.items() if name != "key"}


async def test_a_key_that_reads_changes_nothing(admin: Api) -> None:
    program = _program(admin, created(await admin.new_key("Reports", scopes=READS)))
    answered(await program.get("/links"))
    refused(await program.post("/pools", {}), 403, "scope-missing")


async def test_a_deleted_key_stops_working_at_once(member: Api) -> None:
    made = created(await member.new_key("CRM"))
    program = _program(member, made)
    answered(await program.get("/me"))
    assert (await member.delete(f"/api-keys/{made['id']}")).status == 204
    refused(await program.get("/me"), 401, "unauthenticated")
    refused(await member.delete(f"/api-keys/{made['id']}"), 404, "not-found")


async def test_a_key_may_delete_itself(member: Api) -> None:
    made = created(await member.new_key("CRM"))
    program = _program(member, made)
    assert (await program.delete(f"/api-keys/{made['id']}")).status == 204
    refused(await program.get("/me"), 401, "unauthenticated")


async def test_members_see_their_own_and_administrators_all(
    admin: Api, member: Api, other_member: Api, stranger: Api
) -> None:
    made = created(await member.new_key("Mine"))
    assert made["id"] in (await member.get("/api-keys")).ids
    assert made["id"] in (await admin.get("/api-keys")).ids
    for somebody in (other_member, stranger):
        assert made["id"] not in (await somebody.get("/api-keys")).ids
        refused(await somebody.delete(f"/api-keys/{made['id']}"), 404, "not-found")
    assert (await admin.delete(f"/api-keys/{made['id']}")).status == 204


async def test_the_same_idempotency_key_shows_the_same_key(member: Api) -> None:
    first = created(await member.new_key("CRM", idempotency_key="once"))
    again = created(await member.new_key("CRM", idempotency_key="once"))
    assert again == first
    other = await member.new_key("ERP", idempotency_key="once")
    refused(other, 422, "idempotency-key-reused")


async def test_the_database_holds_no_key(deployment: Deployment, member: Api) -> None:
    made = created(await member.new_key("CRM", idempotency_key="once"))
    client = deployment.store.client
    for key in await client.keys("*"):
        assert made["key"].encode() not in (await client.dump(key) or b"")


async def test_what_cannot_be_is_refused_at_its_field(member: Api) -> None:
    for body, field in (
        ({}, "label"),
        ({"label": ""}, "label"),
        ({"label": "x" * 201}, "label"),
        ({"label": "x", "scopes": ["everything"]}, "scopes.0"),
        ({"label": "x", "scopes": []}, "scopes"),
        ({"label": "x", "scope": "read"}, "scope"),
        ({"label": "x", "expires_in_days": 0}, "expires_in_days"),
        ({"label": "x", "expires_in_days": 3651}, "expires_in_days"),
        ({"label": "x", "user": "somebody"}, "user"),
    ):
        refused(await member.in_session().post("/api-keys", body), 422, "invalid", field)


async def test_only_a_person_who_is_signed_in_makes_a_key(admin: Api, member: Api) -> None:
    for user in (admin, member):
        refused(await user.post("/api-keys", {"label": "More"}), 403, "session-required")
        created(await user.new_key())


async def test_a_key_works_until_it_expires(deployment: Deployment, admin: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    made = created(await admin.new_key("Fair", expires_in_days=2))
    program = _program(admin, made)
    deployment.clock.forward(days=2, seconds=-1)
    await program.new_link(page)  # from now on the process remembers the key
    deployment.clock.forward(seconds=1)
    refused(await program.post("/links", {"page": page["id"]}), 401, "unauthenticated")
    refused(await program.get("/me"), 401, "unauthenticated")
    [listed] = [key for key in (await admin.get("/api-keys")).items if key["id"] == made["id"]]
    assert (listed["expires_at"], listed["ended"]) == (made["expires_at"], True)


async def test_a_key_of_a_user_who_signed_out_everywhere_is_listed_as_ended(
    deployment: Deployment, admin: Api, member: Api
) -> None:
    made = created(await member.new_key())
    await deployment.change_user(member, epoch=1)
    [listed] = [key for key in (await admin.get("/api-keys")).items if key["id"] == made["id"]]
    assert listed["ended"] is True


@pytest.mark.parametrize("scope", get_args(Scope))
async def test_a_key_does_what_its_scope_says_and_nothing_else(admin: Api, scope: str) -> None:
    program = _program(admin, created(await admin.new_key(scopes=[scope])))
    area, level = scope.split(":")
    may = {Special.ANY, scope, *([f"{area}:read"] if level == "write" else [])}
    for route in ROUTES:
        if route.path.startswith("/api/v1/") and route.scope is not None:
            reply = await program.call(route.method, _nowhere(route), {} if route.limit.body else None)
            assert _is_refused(reply) is (route.scope not in may), (route.method, route.path, reply)


def _nowhere(route: Route) -> str:
    """An address of the route, of a record that does not exist."""
    return route.path.removeprefix("/api/v1").replace("{", "").replace("}", "")


def _is_refused(reply: Reply) -> bool:
    """Whether the key was refused for its scopes."""
    return reply.status == 403 and reply.body["type"].endswith(("/scope-missing", "/session-required"))


def _program(user: Api, made: Any) -> Api:
    return Api(user.http, user.server, made["key"], user.user)
