"""`guests` in `POST /api/v1/book/CODE`: who can be named, and who sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered, created, refused, token_of
from tests.support.customer.stored import stored
from tests.support.invariants import check_invariants

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

START = "2026-11-19T08:00:00Z"
GUS = "gus@guest.test"


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page whose event type takes up to three guests."""
    return await admin.new_page(await admin.new_event_type(max_guests=3))


async def test_everybody_who_sees_the_booking_sees_its_guests(
    deployment: Deployment, admin: Api, customer: Api, page: Any
) -> None:
    offered = answered(await customer.get(f"/book/{page['slug']}"))
    assert [each["max_guests"] for each in offered["event_types"]] == [3]
    booking = await customer.booked(
        page["slug"], START, guests=[" Gus@Guest.test ", "ida@xn--mnchen-3ya.test"]
    )
    guests = ["Gus@guest.test", "ida@münchen.test"]
    assert booking["guests"] == guests
    assert answered(await customer.get(f"/manage/{token_of(booking)}"))["guests"] == guests
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["guests"] == guests
    for sought in ("gus@guest.test", "ida@mü"):
        assert [each["id"] for each in (await admin.get("/bookings", q=sought)).items] == [booking["id"]]
    assert await check_invariants(deployment.store.client) == []


async def test_a_moved_booking_keeps_its_guests(customer: Api, page: Any) -> None:
    booking = await customer.booked(page["slug"], START, guests=[GUS])
    moved = await customer.post(f"/manage/{token_of(booking)}/reschedule", {"start": "2026-11-19T10:00:00Z"})
    assert answered(moved)["guests"] == [GUS]


async def test_one_mailbox_is_named_once_and_the_customers_not_at_all(customer: Api, page: Any) -> None:
    guests = [
        "ann.a@gmail.com",
        "AnnA+work@googlemail.com",
        "Carla@customer.test",
        "carla+x@customer.test",
        GUS,
    ]
    booking = await customer.booked(page["slug"], START, guests=guests)
    assert booking["guests"] == ["ann.a@gmail.com", GUS]


@pytest.mark.parametrize(
    ("guests", "field"),
    [
        ([f"g{n}@guest.test" for n in range(4)], "guests"),
        ([f"g{n}@guest.test" for n in range(11)], "guests"),
        (["x"] * 10_000, "guests"),
        ([GUS, "nobody"], "guests.1"),
        ([""], "guests.0"),
        ([f"{GUS}\r\nBcc: eve@evil.test"], "guests.0"),
        ([f"{GUS}, eve@evil.test"], "guests.0"),
        ([f"Gus <{GUS}>"], "guests.0"),
        (["g\u0000us@guest.test"], "guests.0"),
        (["g\u202eus@guest.test"], "guests.0"),
        ([f"{'g' * 300}@guest.test"], "guests.0"),
        ([f"{GUS}@x"], "guests.0"),
    ],
)
async def test_what_is_refused_changes_nothing(
    deployment: Deployment, customer: Api, page: Any, guests: list[str], field: str
) -> None:
    before = await stored(deployment.store.client)
    refused(await customer.book(page["slug"], START, guests=guests), 422, "invalid", field)
    assert await stored(deployment.store.client) == before


@pytest.mark.parametrize("guests", ["gus@guest.test", [1], None, {}])
async def test_guests_are_a_list_of_texts(customer: Api, page: Any, guests: Any) -> None:
    body = {"start": START, "name": "Carla", "email": "carla@customer.test", "guests": guests}
    reply = await customer.post(f"/book/{page['slug']}", body)
    assert (reply.status, reply.body["type"]) == (422, "/problems/invalid")


async def test_an_event_type_takes_none_unless_it_says_so(admin: Api, customer: Api) -> None:
    event_type = await admin.new_event_type()
    assert event_type["max_guests"] == 0
    page = await admin.new_page(event_type)
    refused(await customer.book(page["slug"], START, guests=[GUS]), 422, "invalid", "guests")
    created(await customer.book(page["slug"], START, guests=[]))
    reply = await admin.patch(f"/event-types/{event_type['id']}", {"max_guests": 11})
    refused(reply, 422, "invalid", "max_guests")
    refused(
        await admin.patch(f"/event-types/{event_type['id']}", {"max_guests": -1}),
        422,
        "invalid",
        "max_guests",
    )


async def test_the_same_key_answers_with_the_same_guests(customer: Api, page: Any) -> None:
    first = await customer.book(page["slug"], START, guests=[GUS], idempotency_key="once")
    again = await customer.book(page["slug"], START, guests=[GUS], idempotency_key="once")
    assert created(again) == created(first)
    other = await customer.book(page["slug"], START, guests=[], idempotency_key="once")
    refused(other, 422, "idempotency-key-reused")
