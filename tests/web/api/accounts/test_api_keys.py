"""`/api/v1/api-keys`: a key is shown once, acts for its maker, and stops working when it is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.api.calling import Api, answered, created, refused

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment


async def test_a_key_acts_for_who_made_it(member: Api) -> None:
    made = created(await member.post("/api-keys", {"label": " CRM "}))
    assert (made["label"], made["scope"], made["user"]) == ("CRM", "write", member.user)
    program = _program(member, made)
    assert answered(await program.get("/me"))["id"] == member.user
    [listed] = [key for key in (await member.get("/api-keys")).items if key["id"] == made["id"]]
    assert listed == {name: value for name, value in made.items() if name != "key"}


async def test_a_key_that_reads_changes_nothing(admin: Api) -> None:
    program = _program(admin, created(await admin.post("/api-keys", {"label": "Reports", "scope": "read"})))
    answered(await program.get("/links"))
    refused(await program.post("/api-keys", {"label": "More"}), 403, "forbidden")


async def test_a_deleted_key_stops_working_at_once(member: Api) -> None:
    made = created(await member.post("/api-keys", {"label": "CRM"}))
    program = _program(member, made)
    answered(await program.get("/me"))
    assert (await member.delete(f"/api-keys/{made['id']}")).status == 204
    refused(await program.get("/me"), 401, "unauthenticated")
    refused(await member.delete(f"/api-keys/{made['id']}"), 404, "not-found")


async def test_a_key_may_delete_itself(member: Api) -> None:
    made = created(await member.post("/api-keys", {"label": "CRM"}))
    program = _program(member, made)
    assert (await program.delete(f"/api-keys/{made['id']}")).status == 204
    refused(await program.get("/me"), 401, "unauthenticated")


async def test_members_see_their_own_and_administrators_all(
    admin: Api, member: Api, other_member: Api, stranger: Api
) -> None:
    made = created(await member.post("/api-keys", {"label": "Mine"}))
    assert made["id"] in (await member.get("/api-keys")).ids
    assert made["id"] in (await admin.get("/api-keys")).ids
    for somebody in (other_member, stranger):
        assert made["id"] not in (await somebody.get("/api-keys")).ids
        refused(await somebody.delete(f"/api-keys/{made['id']}"), 404, "not-found")
    assert (await admin.delete(f"/api-keys/{made['id']}")).status == 204


async def test_the_same_idempotency_key_shows_the_same_key(member: Api) -> None:
    first = created(await member.post("/api-keys", {"label": "CRM"}, idempotency_key="once"))
    again = created(await member.post("/api-keys", {"label": "CRM"}, idempotency_key="once"))
    assert again == first
    other = await member.post("/api-keys", {"label": "ERP"}, idempotency_key="once")
    refused(other, 422, "idempotency-key-reused")


async def test_the_database_holds_no_key(deployment: Deployment, member: Api) -> None:
    made = created(await member.post("/api-keys", {"label": "CRM"}, idempotency_key="once"))
    client = deployment.store.client
    for key in await client.keys("*"):
        assert made["key"].encode() not in (await client.dump(key) or b"")


async def test_what_cannot_be_is_refused_at_its_field(member: Api) -> None:
    for body, field in (
        ({}, "label"),
        ({"label": ""}, "label"),
        ({"label": "x" * 201}, "label"),
        ({"label": "x", "scope": "everything"}, "scope"),
        ({"label": "x", "user": "somebody"}, "user"),
    ):
        refused(await member.post("/api-keys", body), 422, "invalid", field)


def _program(user: Api, made: Any) -> Api:
    return Api(user.http, user.server, made["key"], user.user)
