"""What a booking does to the contact of its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered, created
from tests.support.personal_data.marked import work

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

START = "2026-11-19T08:00:00Z"
LATER = "2026-11-19T09:00:00Z"
EMAIL = "carla@customer.test"


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page with one event type."""
    return await admin.new_page(await admin.new_event_type())


async def contacts(admin: Api) -> list[Any]:
    """All contacts."""
    return (await admin.get("/contacts")).items


async def test_a_booking_is_noted_on_the_contact_of_its_address(
    admin: Api, customer: Api, page: Any, deployment: Deployment
) -> None:
    made = created(await admin.post("/contacts", {"email": EMAIL}))
    other = created(await admin.post("/contacts", {"email": "carla@customer.test.example"}))
    link = await admin.new_link(page, person={"name": "Carla", "email": EMAIL})
    deployment.clock.forward(minutes=5)
    await customer.booked(link["code"], START, name=None, email=None)
    found = answered(await admin.get(f"/contacts/{made['id']}"))
    assert found == made | {"booked_at": "2026-11-18T11:11:40Z"}
    assert answered(await admin.get(f"/contacts/{other['id']}")) == other
    deployment.clock.forward(minutes=5)
    await customer.booked(page["slug"], LATER, email="CARLA@Customer.test")
    found = answered(await admin.get(f"/contacts/{made['id']}"))
    assert found == made | {"booked_at": "2026-11-18T11:16:40Z"}


async def test_a_booking_makes_no_contact_unless_the_workspace_wants_that(
    admin: Api, customer: Api, page: Any, deployment: Deployment
) -> None:
    await customer.booked(page["slug"], START, email=EMAIL)
    await work(deployment)
    assert await contacts(admin) == []


async def test_who_books_becomes_a_contact(
    admin: Api, customer: Api, page: Any, deployment: Deployment
) -> None:
    answered(await admin.patch("/settings", {"contacts_from_bookings": True}))
    await customer.booked(
        page["slug"], START, email=EMAIL, name="Carla van Customer", timezone="Asia/Tokyo", locale="fr"
    )
    await work(deployment)
    [contact] = await contacts(admin)
    assert {name: contact[name] for name in ("email", "first_name", "last_name", "timezone", "locale")} == {
        "email": EMAIL,
        "first_name": "Carla",
        "last_name": "van Customer",
        "timezone": "Asia/Tokyo",
        "locale": "fr",
    }


async def test_what_a_contact_has_is_not_replaced(
    admin: Api, customer: Api, page: Any, deployment: Deployment
) -> None:
    answered(await admin.patch("/settings", {"contacts_from_bookings": True}))
    made = created(await admin.post("/contacts", {"email": EMAIL, "first_name": "Clara", "locale": "de"}))
    await customer.booked(page["slug"], START, email=EMAIL, name="c c", timezone="Asia/Tokyo", locale="fr")
    await work(deployment)
    [contact] = await contacts(admin)
    assert contact == made | {"timezone": "Asia/Tokyo", "booked_at": "2026-11-18T11:06:40Z"}


async def test_a_workflow_that_a_booking_starts_waits_for_its_contact(
    admin: Api, customer: Api, page: Any, deployment: Deployment
) -> None:
    answered(await admin.patch("/settings", {"contacts_from_bookings": True}))
    steps = [{"id": "stop", "kind": "stop"}]
    body = {"name": "Booked", "trigger": {"kind": "booking.scheduled"}, "steps": steps}
    workflow = created(await admin.post("/workflows", body))
    answered(await admin.post(f"/workflows/{workflow['id']}/publish"))
    await customer.booked(page["slug"], START, email=EMAIL)
    await work(deployment)
    deployment.clock.forward(seconds=1)
    await work(deployment)
    [contact] = await contacts(admin)
    [run] = (await admin.get(f"/workflows/{workflow['id']}/runs")).items
    assert run["contact"] == contact["id"]
