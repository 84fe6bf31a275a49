"""What the process remembers of a caller makes a link in one round trip, but never one that is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import Api, answered, created, refused
from tests.support.api.deployment import Clock, Deployment, deployed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Change = Callable[[Deployment, Api, Api, Any], Awaitable[object]]


@pytest.fixture
async def other_server(redis_url: str, clock: Clock, deployment: Deployment) -> AsyncIterator[Deployment]:
    """A second server on the same Redis, which learns nothing from the first but through it."""
    assert deployment.url
    async with deployed(redis_url, clock) as running:
        yield running


@pytest.fixture
async def event_type(admin: Api) -> Any:
    """Half an hour on the telephone."""
    return await admin.new_event_type()


async def test_a_key_that_is_known_makes_a_link_in_one_trip(
    deployment: Deployment, member: Api, event_type: Any
) -> None:
    page = await _page(member, event_type)
    before = deployment.store.lines.trips
    await member.new_link(page)
    assert deployment.store.lines.trips - before == 1


async def _delete_key(_: Deployment, admin: Api, member: Api, __: Any) -> None:
    [key] = [key for key in (await admin.get("/api-keys")).body["items"] if key["user"] == member.user]
    assert (await admin.delete(f"/api-keys/{key['id']}")).status == 204


async def _deactivate(other: Deployment, _: Api, member: Api, __: Any) -> None:
    await other.change_user(member, active=False)


async def _delete_page(_: Deployment, admin: Api, __: Api, page: Any) -> None:
    assert (await admin.delete(f"/booking-pages/{page['id']}", confirm=1)).status == 204


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (_delete_key, (401, "unauthenticated")),
        (_deactivate, (401, "unauthenticated")),
        (_delete_page, (422, "invalid", "page")),
    ],
)
async def test_what_changed_through_another_server_is_refused_at_once(
    other_server: Deployment, admin: Api, member: Api, event_type: Any, change: Change, refusal: Any
) -> None:
    page = await _page(member, event_type)
    await change(other_server, _elsewhere(other_server, admin), member, page)
    refused(await member.post("/links", {"page": page["id"]}), *refusal)
    assert (await admin.get("/links", page=page["id"])).ids == [page["first_link"]]


async def test_what_was_made_through_another_server_is_known_at_once(
    other_server: Deployment, member: Api, event_type: Any
) -> None:
    await _page(member, event_type)
    page = await _elsewhere(other_server, member).new_page(event_type, title="Later", slug="later")
    assert (await member.new_link(page))["page"] == page["id"]


async def test_a_setting_changed_through_another_server_holds_at_once(
    other_server: Deployment, admin: Api, member: Api, event_type: Any
) -> None:
    page = await _page(member, event_type)
    answered(await _elsewhere(other_server, admin).patch("/settings", {"link_expiry_days": None}))
    assert (await member.new_link(page))["expires_at"] is None


async def test_an_idempotency_key_of_another_server_is_known(
    other_server: Deployment, member: Api, event_type: Any
) -> None:
    page = await _page(member, event_type)
    body = {"page": page["id"]}
    first = created(await _elsewhere(other_server, member).post("/links", body, idempotency_key="once"))
    assert created(await member.post("/links", body, idempotency_key="once")) == first
    refused(
        await member.post("/links", {**body, "note": "x"}, idempotency_key="once"),
        422,
        "idempotency-key-reused",
    )


async def test_a_key_that_reads_makes_nothing(deployment: Deployment, admin: Api, event_type: Any) -> None:
    page = await _page(admin, event_type)
    made = created(await admin.new_key("Reports", scopes=["links:read"]))
    program = Api(deployment.http, deployment.url, made["key"])
    answered(await program.get("/links"))
    refused(await program.post("/links", {"page": page["id"]}), 403, "scope-missing")


def _elsewhere(server: Deployment, user: Api) -> Api:
    return Api(server.http, server.url, user.key, user.user)


async def _page(user: Api, event_type: Any) -> Any:
    """A page that a link was made of already, so that the process remembers all that making one looks at."""
    page = await user.new_page(event_type, title="Talk", slug="talk-here")
    link = await user.new_link(page)
    return {**page, "first_link": link["id"]}
