"""Who books by general links without end is told to wait; whoever holds a one-time link is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.api.calling import answered, refused
from tests.support.api.deployment import deployed
from tests.support.customer.host import a_host
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from tests.support.api.deployment import Clock
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

SLUG = "hanna-page"


@pytest.fixture
async def bounded(host: Host) -> Host:
    """A workspace in which one network books twice an hour, and has."""
    answered(await host.api.patch("/settings", {"general_link_bookings_per_hour": 2}))
    for start in ("2026-11-19T09:00:00Z", "2026-11-19T10:00:00Z"):
        await host.deployment.customer.booked(SLUG, start)
    return host


async def test_a_program_is_told_when_to_come_again(bounded: Host, clock: Clock) -> None:
    clock.forward(minutes=10)
    reply = await bounded.deployment.customer.book(SLUG, "2026-11-19T11:00:00Z")
    refused(reply, 429, "too-many-requests", retry=True)
    assert int(reply.headers["Retry-After"]) == 3000
    clock.forward(minutes=50)
    await bounded.deployment.customer.booked(SLUG, "2026-11-19T11:00:00Z")


async def test_a_form_comes_back_with_everything_typed(bounded: Host, visitor: Visitor) -> None:
    form = (await visitor.page(f"/{SLUG}?date=2026-11-19")).form()
    answer = await visitor.send(form, f"/{SLUG}", start="2026-11-19T11:00:00Z", **CARLA)
    assert answer.status == 429
    assert answer.headers["Retry-After"] == "3600"
    assert "There were too many bookings from your network" in answer.page.text
    assert answer.page.form().served["email"] == CARLA["email"]
    assert len(await bounded.bookings()) == 2


async def test_one_time_links_are_not_counted(bounded: Host) -> None:
    for start in ("2026-11-19T11:00:00Z", "2026-11-19T12:00:00Z", "2026-11-19T13:00:00Z"):
        await bounded.booked(start)


async def test_the_same_operation_is_answered_again(host: Host) -> None:
    answered(await host.api.patch("/settings", {"general_link_bookings_per_hour": 1}))
    customer = host.deployment.customer
    first = await customer.book(SLUG, "2026-11-19T09:00:00Z", idempotency_key="one")
    again = await customer.book(SLUG, "2026-11-19T09:00:00Z", idempotency_key="one")
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    refused(
        await customer.book(SLUG, "2026-11-19T10:00:00Z", idempotency_key="two"),
        429,
        "too-many-requests",
        retry=True,
    )


async def test_any_number_may_be_allowed(host: Host) -> None:
    answered(await host.api.patch("/settings", {"general_link_bookings_per_hour": 1}))
    await host.deployment.customer.booked(SLUG, "2026-11-19T09:00:00Z")
    answered(await host.api.patch("/settings", {"general_link_bookings_per_hour": None}))
    for start in ("2026-11-19T10:00:00Z", "2026-11-19T11:00:00Z"):
        await host.deployment.customer.booked(SLUG, start)


async def test_a_deployment_may_lift_the_limits(redis_url: str, clock: Clock) -> None:
    async with deployed(redis_url, clock, RATE_LIMITS="off") as unlimited:
        host = await a_host(unlimited)
        answered(await host.api.patch("/settings", {"general_link_bookings_per_hour": 1}))
        for start in ("2026-11-19T09:00:00Z", "2026-11-19T10:00:00Z"):
            await unlimited.customer.booked(SLUG, start)
