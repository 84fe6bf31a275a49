"""What really happens comes to the reports, and to the lists behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.reports.figures import FIGURES
from tests.support.api.calling import CARLA, answered

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock

TODAY = {"from": "2026-11-18", "to": "2026-11-18"}


async def figures(api: Api, **query: object) -> dict[str, int]:
    """The figures other than zero of one day."""
    found = answered(await api.call("GET", "/reports/summary", query=TODAY | query))
    return {figure: found["totals"][figure] for figure in FIGURES if found["totals"][figure]}


async def test_a_booking_by_a_link_is_in_every_report_and_behind_it_in_the_lists(
    admin: Api, customer: Api, clock: Clock
) -> None:
    page = await admin.new_page(await admin.new_event_type())
    link = await admin.new_link(page, person=CARLA, channel="extension")
    clock.forward(minutes=5)
    booking = await customer.booked(link["code"], "2026-11-19T09:00:00Z")
    both = {"made": 1, "booked": 1, "scheduled": 1}
    filters: list[tuple[dict[str, Any], dict[str, int]]] = [
        ({}, both),
        ({"page": page["id"]}, both),
        ({"event_type": page["event_types"][0]}, {"scheduled": 1}),
        ({"host": admin.user}, both),
        ({"channel": "extension"}, both),
        ({"channel": "general"}, {}),
        ({"domain": "customer.test"}, both),
        ({"workflow": "none"}, {}),
    ]
    for query, expected in filters:
        found = await figures(admin, **query)
        assert {figure: found[figure] for figure in found if figure not in {"fetched", "opened"}} == expected
        is_there = [booking["id"]] if "scheduled" in expected else []
        assert (await admin.get("/bookings", **query)).ids == is_there
    summary = answered(await admin.call("GET", "/reports/summary", query=TODAY))
    assert summary["medians"]["to_book_minutes"] == 5
    assert (await admin.get("/links", channel="extension", domain="customer.test")).ids == [link["id"]]
    assert (await admin.get("/links", workflow="none")).ids == []


async def test_a_cancellation_adds_and_lowers_nothing(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    booking = await customer.booked(page["slug"], "2026-11-19T09:00:00Z")
    assert await figures(admin) == {"scheduled": 1}
    answered(await admin.post(f"/bookings/{booking['id']}/cancel"))
    assert await figures(admin) == {"scheduled": 1, "cancelled": 1}
    summary = answered(await admin.call("GET", "/reports/summary", query=TODAY))
    assert summary["cancelled_by"] == {"customer": 0, "host": 1, "workflow": 0, "google": 0}
