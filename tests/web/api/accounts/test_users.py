"""`/api/v1/users`: who is there, as what, and that an administrator always remains."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.support.api.calling import Api, answered, refused

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment


async def test_administrators_see_everybody(admin: Api, member: Api, stranger: Api) -> None:
    users = {user["id"]: user for user in (await admin.get("/users")).items}
    assert users.keys() == {admin.user, member.user}
    assert [users[user.user]["role"] for user in (admin, member)] == ["administrator", "member"]
    assert answered(await admin.get(f"/users/{member.user}")) == users[member.user]
    assert stranger.user not in users


async def test_members_and_strangers_see_nobody(admin: Api, member: Api, stranger: Api) -> None:
    refused(await member.get("/users"), 403, "forbidden")
    refused(await member.patch(f"/users/{admin.user}", {"role": "member"}), 403, "forbidden")
    refused(await stranger.get(f"/users/{admin.user}"), 404, "not-found")
    refused(await stranger.patch(f"/users/{admin.user}", {"active": False}), 404, "not-found")


async def test_a_member_becomes_an_administrator_and_back(admin: Api, member: Api) -> None:
    refused(await member.get("/settings"), 403, "forbidden")
    changed = answered(await admin.patch(f"/users/{member.user}", {"role": "administrator"}))
    assert changed["role"] == "administrator"
    answered(await member.get("/settings"))
    answered(await member.patch(f"/users/{admin.user}", {"role": "member"}))
    refused(await admin.get("/settings"), 403, "forbidden")


async def test_who_is_deactivated_is_refused_and_their_links_are_unavailable(admin: Api, member: Api) -> None:
    page = await member.new_page(await admin.new_event_type())
    link = await member.new_link(page)
    path = f"/users/{member.user}"
    refused(await admin.patch(path, {"active": False}), 409, "would-break-links")
    assert answered(await admin.patch(path, {"active": False}, confirm=1))["active"] is False
    refused(await member.get("/me"), 401, "unauthenticated")
    assert answered(await admin.get(f"/links/{link['id']}"))["status"] == "unavailable"
    refused(await admin.get(f"/book/{link['code']}"), 410, "link-unavailable")
    assert answered(await admin.patch(path, {"active": True}))["active"] is True
    refused(await member.get("/me"), 401, "unauthenticated")
    assert answered(await admin.get(f"/links/{link['id']}"))["status"] == "active"


@pytest.mark.parametrize("patch", [{"role": "member"}, {"active": False}])
async def test_the_last_administrator_stays_one(admin: Api, member: Api, patch: dict[str, object]) -> None:
    assert member.user
    refused(await admin.patch(f"/users/{admin.user}", patch), 409, "last-administrator")
    assert answered(await admin.get("/me"))["role"] == "administrator"


async def test_a_deactivated_administrator_does_not_count(admin: Api, deployment: Deployment) -> None:
    other = await deployment.user("administrator", name="Olga Other")
    answered(await admin.patch(f"/users/{other.user}", {"active": False}))
    refused(await admin.patch(f"/users/{admin.user}", {"role": "member"}), 409, "last-administrator")


async def test_two_administrators_who_demote_each_other_at_once_are_not_both_gone(
    admin: Api, deployment: Deployment
) -> None:
    for _ in range(10):
        other = await deployment.user("administrator", name="Olga Other")
        replies = await asyncio.gather(
            admin.patch(f"/users/{other.user}", {"role": "member"}),
            other.patch(f"/users/{admin.user}", {"active": False}),
        )
        assert sorted(reply.status for reply in replies) in ([200, 401], [200, 403], [200, 409]), replies
        left = admin if (await admin.get("/me")).status == 200 else other
        assert answered(await left.get("/me"))["role"] == "administrator"
        if left is other:  # the key of the administrator who was deactivated has ended for good
            admin = await deployment.user("administrator", name="Alex Admin")
            answered(await admin.patch(f"/users/{other.user}", {"role": "member"}))


@pytest.mark.parametrize(
    ("patch", "field"),
    [({"role": "owner"}, "role"), ({"active": "no"}, "active"), ({"email": "x@host.test"}, "email")],
)
async def test_what_is_wrong_changes_nothing(admin: Api, patch: dict[str, object], field: str) -> None:
    before = answered(await admin.get(f"/users/{admin.user}"))
    refused(await admin.patch(f"/users/{admin.user}", patch), 422, "invalid", field)
    assert answered(await admin.get(f"/users/{admin.user}")) == before
    refused(await admin.patch("/users/nobody", {"role": "member"}), 404, "not-found")
