"""Giving a booking to another host, and asking its customer for another time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import CARLA, a_rule, answered, refused, token_of
from tests.support.pages.team import DAY, HALF_PAST, NINE, Team

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment


@pytest.fixture
async def team(admin: Api, deployment: Deployment) -> Team:
    """An event type, and three hosts with a page each."""
    event_type = await admin.new_event_type()
    users = [await deployment.user(name=name) for name in ("Ann", "Bob", "Cal")]
    return Team(admin, event_type, [await user.new_page(event_type) for user in users])


@pytest.fixture
async def master(team: Team) -> Any:
    """A master page over a pool of all three."""
    return await team.admin.new_master_page(a_rule(team.event_type, await team.admin.new_pool(*team.pages)))


async def test_a_booking_goes_to_another_host_at_the_same_time(
    team: Team, master: Any, customer: Api
) -> None:
    admin, (ann, bob, _) = team.admin, team.ids
    booking = await customer.booked(master["slug"], NINE)
    path = f"/bookings/{booking['id']}/reassign"
    given = answered(await admin.post(path, {"host": bob, "reason": "Ann is ill"}))
    assert (given["host"], given["hosts"], given["start"]) == (bob, [bob], NINE)
    assert answered(await admin.post(path, {"host": bob})) == given
    manage = f"/manage/{token_of(booking)}"
    assert answered(await customer.get(manage))["host_name"] == "Bob"
    # Ann is free again and Bob is not; and it was Bob's turn, which is Ann's now.
    assert NINE in await customer.starts(team.pages[0]["slug"], DAY, DAY)
    assert NINE not in await customer.starts(team.pages[1]["slug"], DAY, DAY)
    assert await team.hosts(await customer.booked(master["slug"], HALF_PAST)) == [ann]
    # It stays with Bob when it is moved.
    moved = await customer.post(f"{manage}/reschedule", {"start": f"{DAY}T09:30:00Z"})
    assert answered(moved)["host_name"] == "Bob"
    answered(await customer.post(f"{manage}/cancel", {}))
    refused(await admin.post(path, {"host": ann}), 409, "booking-not-active")


async def test_who_cannot_have_it_is_refused(
    team: Team, master: Any, customer: Api, member: Api, stranger: Api, clock: Clock
) -> None:
    admin, (_, bob, cal) = team.admin, team.ids
    booking = await customer.booked(master["slug"], NINE)
    path = f"/bookings/{booking['id']}/reassign"
    await customer.booked(team.pages[1]["slug"], NINE)
    refused(await admin.post(path, {"host": bob}), 409, "slot-taken")
    refused(await admin.post(path, {"host": member.user}), 422, "invalid", "host")
    refused(await admin.post(path, {"host": bob, "instead_of": cal}), 422, "invalid", "instead_of")
    refused(await admin.post(path, {}), 422, "invalid", "host")
    refused(await member.post(path, {"host": cal}), 404, "not-found")
    refused(await stranger.post(path, {"host": cal}), 404, "not-found")
    refused(await customer.post(path, {"host": cal}), 401, "unauthenticated")
    own = await customer.booked(team.pages[0]["slug"], HALF_PAST)
    refused(await admin.post(f"/bookings/{own['id']}/reassign", {"host": cal}), 409, "not-reassignable")
    clock.forward(days=1)
    refused(await admin.post(path, {"host": cal}), 409, "booking-not-active")


async def test_a_guest_of_a_panel_can_be_replaced_but_nobody_takes_two_places(
    team: Team, customer: Api
) -> None:
    admin, (ann, bob, cal) = team.admin, team.ids
    others = await admin.new_pool(*team.pages[1:])
    master = await admin.new_master_page(a_rule(team.event_type, team.pages[0], others))
    booking = await customer.booked(master["slug"], NINE)
    path = f"/bookings/{booking['id']}/reassign"
    assert answered(await admin.post(path, {"host": cal, "instead_of": bob}))["hosts"] == [ann, cal]
    refused(await admin.post(path, {"host": ann, "instead_of": cal}), 422, "invalid", "host")
    refused(await admin.post(path, {"host": cal}), 422, "invalid", "host")


async def test_a_host_is_given_one_of_two_bookings_at_the_same_time(
    team: Team, master: Any, customer: Api
) -> None:
    admin, (ann, bob, cal) = team.admin, team.ids
    first, second = [await customer.booked(master["slug"], NINE) for _ in range(2)]
    assert await team.hosts(first, second) == [ann, bob]
    paths = [f"/bookings/{one['id']}/reassign" for one in (first, second)]
    replies = await asyncio.gather(*(admin.post(path, {"host": cal}) for path in paths))
    assert sorted(reply.status for reply in replies) == [200, 409]


@pytest.mark.parametrize("is_other", [False, True])
async def test_a_customer_is_asked_for_another_time_by_a_link_of_their_own(
    team: Team, customer: Api, is_other: bool
) -> None:
    admin, pool = team.admin, await team.admin.new_pool(*team.pages)
    hour = await admin.new_event_type(name="An hour", duration_minutes=60)
    master = await admin.new_master_page(a_rule(team.event_type, pool), a_rule(hour, pool))
    booking = await customer.booked(master["slug"], NINE, event_type=team.event_type["id"])
    wanted = hour["id"] if is_other else team.event_type["id"]
    path = f"/bookings/{booking['id']}/request-reschedule"
    body = {"event_type": wanted, "reason": "Ann is ill"} if is_other else None
    asked = answered(await admin.post(path, body))
    assert asked["booking"]["status"] == "cancelled"
    link = asked["link"]
    assert (link["page"], link["event_type"], link["person"]) == (master["id"], wanted, CARLA)
    assert link["status"] == "active"
    assert answered(await admin.post(path, body))["link"]["id"] == link["id"]
    assert answered(await customer.get(f"/manage/{token_of(booking)}"))["status"] == "cancelled"
    seen = answered(await customer.get(f"/book/{link['code']}"))
    assert (seen["skip_form"], [one["id"] for one in seen["event_types"]]) == (True, [wanted])
    again = await customer.booked(link["code"], f"{DAY}T09:00:00Z", name=None, email=None)
    assert again["person"] == CARLA


async def test_the_link_that_the_booking_came_by_stays_booked_though_it_is_to_be_active_again(
    team: Team, master: Any, customer: Api
) -> None:
    """Of two links that could be booked the customer would know only one."""
    admin = team.admin
    link = await admin.new_link(master, on_cancel="reactivate")
    booking = await customer.booked(link["code"], NINE)
    asked = answered(await admin.post(f"/bookings/{booking['id']}/request-reschedule"))
    assert answered(await admin.get(f"/links/{link['id']}"))["status"] == "booked"
    refused(await customer.get(f"/book/{link['code']}"), 410, "link-booked")
    assert (await admin.get("/links", status="active")).ids == [asked["link"]["id"]]
    # The new one does what the workspace says, and an ordinary cancellation what the link says.
    again = await customer.booked(asked["link"]["code"], NINE, name=None, email=None)
    answered(await customer.post(f"/manage/{token_of(again)}/cancel", {}))
    assert (await admin.get("/links", status="active")).items == []
    assert answered(await admin.post(f"/links/{link['id']}/reactivate"))["status"] == "active"


async def test_asking_twice_at_once_makes_one_link(team: Team, master: Any, customer: Api) -> None:
    for start in (NINE, HALF_PAST, f"{DAY}T09:00:00Z"):
        booking = await customer.booked(master["slug"], start)
        path = f"/bookings/{booking['id']}/request-reschedule"
        first, *others = await asyncio.gather(*(team.admin.post(path) for _ in range(4)))
        assert all(answered(other)["link"]["id"] == answered(first)["link"]["id"] for other in others)
    assert len((await team.admin.get("/links", status="active")).items) == 3


async def test_another_time_cannot_be_asked_for_without_a_link_or_a_right(
    team: Team, master: Any, customer: Api, member: Api
) -> None:
    admin = team.admin
    booking = await customer.booked(master["slug"], NINE)
    path = f"/bookings/{booking['id']}/request-reschedule"
    refused(await member.post(path), 404, "not-found")
    refused(await admin.post(path, {"event_type": "missing"}), 422, "invalid", "event_type")
    static = {"rule_type": "static", "pages": [page["id"] for page in team.pages]}
    answered(await admin.patch(f"/master-pages/{master['id']}", static))
    refused(await admin.post(path), 409, "one-time-not-offered")
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["status"] == "scheduled"
    answered(await admin.post(f"/bookings/{booking['id']}/cancel"))
    refused(await admin.post(path), 409, "booking-not-active")
