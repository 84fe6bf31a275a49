"""`POST /api/v1/me/leave`: people leave a workspace, and an administrator always remains."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.support.api.calling import Api, answered, created, refused

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment

START = "2026-11-19T08:00:00Z"


async def test_who_leaves_is_refused_from_then_on_and_their_bookings_stay(
    admin: Api, member: Api, customer: Api
) -> None:
    page = await member.new_page(await admin.new_event_type())
    used, unused = await member.new_link(page), await member.new_link(page)
    booking = await customer.booked(used["code"], START)
    person = member.in_session()
    refused(await person.post("/me/leave"), 409, "would-break-links")
    answered(await person.get("/me"))
    assert (await person.post("/me/leave?confirm=1")).status == 204
    for caller in person, member:
        refused(await caller.get("/me"), 401, "unauthenticated")
    assert answered(await admin.get(f"/links/{unused['id']}"))["status"] == "unavailable"
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["status"] == "scheduled"
    left = answered(await admin.get(f"/users/{member.user}"))
    assert (left["active"], left["left_at"] is None) == (False, False)


async def test_who_has_left_is_not_activated_again(admin: Api, member: Api) -> None:
    assert (await member.in_session().post("/me/leave")).status == 204
    refused(await admin.patch(f"/users/{member.user}", {"active": True}), 422, "invalid", "active")
    answered(await admin.patch(f"/users/{member.user}", {"role": "administrator"}))


async def test_the_last_administrator_does_not_leave(deployment: Deployment, admin: Api, member: Api) -> None:
    person = admin.in_session()
    refused(await person.post("/me/leave?confirm=1"), 409, "last-administrator")
    answered(await person.get("/me"))
    await deployment.change_user(member, role="administrator")
    assert (await person.post("/me/leave?confirm=1")).status == 204


async def test_of_two_administrators_who_leave_at_once_one_stays(deployment: Deployment, admin: Api) -> None:
    other = await deployment.user("administrator", name="Bea Boss")
    replies = await asyncio.gather(*(one.in_session().post("/me/leave") for one in (admin, other)))
    assert sorted(reply.status for reply in replies) == [204, 409], replies


@pytest.mark.parametrize("scopes", [["settings:write"], ["links:read"]])
async def test_a_program_makes_nobody_leave(member: Api, scopes: list[str]) -> None:
    key = created(await member.new_key(scopes=scopes))["key"]
    program = Api(member.http, member.server, key, member.user)
    refused(await program.post("/me/leave?confirm=1"), 403, "session-required")
    refused(await member.post("/me/leave?confirm=1"), 403, "session-required")
