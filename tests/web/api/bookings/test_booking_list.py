"""`GET /api/v1/bookings`: lists, by time, page, host, status and person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import Reply, answered, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock

START = "2026-11-19T08:00:00Z"
LATER = "2026-11-19T09:00:00Z"


def at(hour: int) -> str:
    """A full hour of Thursday."""
    return f"2026-11-19T{hour:02}:00:00Z"


async def all_pages(api: Api, **query: object) -> list[Reply]:
    """Every page of a list, to its end."""
    replies = [await api.get("/bookings", **query)]
    while cursor := replies[-1].body["next_cursor"]:
        replies.append(await api.get("/bookings", **query, cursor=cursor))
    return replies


async def found(api: Api, **query: object) -> list[str]:
    """The ids on all pages of a list."""
    return [booking for reply in await all_pages(api, **query) for booking in reply.ids]


async def test_the_latest_start_comes_first_page_by_page(member: Api, customer: Api, page: Any) -> None:
    times = [10, 8, 9, 12, 11]
    made = {hour: (await customer.booked(page["slug"], at(hour)))["id"] for hour in times}
    latest_first = [made[hour] for hour in sorted(made, reverse=True)]
    assert await found(member) == latest_first
    assert [len(reply.ids) for reply in await all_pages(member, limit=2)] == [2, 2, 1]
    assert await found(member, limit=2) == latest_first
    answered(await member.post(f"/bookings/{made[12]}/reschedule", {"start": at(7)}))
    assert await found(member) == [made[hour] for hour in (11, 10, 9, 8, 12)]


async def test_the_bookings_of_a_time_a_page_and_a_host(
    admin: Api, member: Api, customer: Api, page: Any
) -> None:
    other = await admin.new_page(await admin.new_event_type())
    eight = (await customer.booked(page["slug"], START))["id"]
    nine = (await customer.booked(page["slug"], LATER))["id"]
    theirs = (await customer.booked(other["slug"], START))["id"]
    assert await found(admin, page=page["id"]) == [nine, eight]
    assert await found(admin, host=admin.user) == [theirs]
    assert await found(admin, host="missing") == []
    assert set(await found(admin, from_=START, to=LATER)) == {eight, theirs}
    assert await found(admin, from_="2026-11-19T08:00:01Z") == [nine]
    assert await found(admin, from_="2026-11-19T09:00:01+01:00", page=page["id"]) == [nine]
    assert await found(admin, to=START) == []
    assert await found(admin, to=LATER, page=page["id"], limit=1) == [eight]
    assert await found(admin, from_=LATER, to=START) == []


async def test_a_status_is_that_of_now(
    admin: Api, member: Api, customer: Api, page: Any, clock: Clock
) -> None:
    made = {hour: (await customer.booked(page["slug"], at(hour)))["id"] for hour in (8, 9, 10, 11, 12)}
    answered(await member.post(f"/bookings/{made[9]}/cancel"))
    answered(await member.post(f"/bookings/{made[10]}/reschedule", {"start": "2026-11-19T14:00:00Z"}))
    clock.forward(hours=21.4)  # 08:30:40
    answered(await member.post(f"/bookings/{made[12]}/reschedule", {"start": "2026-11-19T08:31:00Z"}))
    clock.forward(minutes=1)
    answered(await member.post(f"/bookings/{made[12]}/no-show"))
    expected = {8: "completed", 9: "cancelled", 10: "rescheduled", 11: "scheduled", 12: "no_show"}
    for hour, status in expected.items():
        assert answered(await admin.get(f"/bookings/{made[hour]}"))["status"] == status
        assert await found(admin, status=status) == [made[hour]]


async def test_people_are_found_by_name_and_address(admin: Api, customer: Api, page: Any) -> None:
    carla = (await customer.booked(page["slug"], START))["id"]
    zoe = {"name": "Zoë Müller", "email": "zoe@example.test"}
    later = (await customer.booked(page["slug"], LATER, **zoe))["id"]
    assert await found(admin, q="cust") == [carla]
    assert await found(admin, q="MULLER zoe") == [later]
    assert await found(admin, q="zoe@example.test", to=LATER) == []
    assert await found(admin, q="zoe@example.test", from_=LATER, status="scheduled") == [later]
    assert await found(admin, q="nobody") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "booked"}, "status"),
        ({"from_": "2026-11-19"}, "from"),
        ({"to": "later"}, "to"),
        ({"limit": 0}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"user": "x"}, "user"),
    ],
)
async def test_a_list_refuses_what_it_does_not_know(admin: Api, query: dict[str, Any], field: str) -> None:
    refused(await admin.get("/bookings", **query), 422, "invalid", field)
