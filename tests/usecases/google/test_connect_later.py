"""Connecting a calendar after something was booked: it is written into it, by the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.worker.worker import Worker
from tests.support.google.signed_in_host import WEEKDAYS
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from tests.support.google.signed_in_host import SignedInHost


async def test_what_was_booked_before_is_written(host: SignedInHost) -> None:
    event_type = await host.made("/event-types", name="Half an hour", duration_minutes=30)
    page = await host.made(
        "/booking-pages",
        title="Talk to Ada",
        slug="talk-to-ada",
        event_types=[event_type["id"]],
        schedule={"timezone": "Europe/Paris", "weekly": WEEKDAYS},
    )
    link = await host.made("/links", page=page["id"])
    customer = {"start": "2026-11-23T09:00:00Z", "name": "Carla", "email": "carla@customer.test"}
    booking = (await host.browser.call("POST", f"/api/v1/book/{link['code']}", body=customer)).body
    await work(host)
    assert not host.google.state.data.calendars[host.account].events

    await host.connect()
    await work(host)
    [event] = host.google.state.data.calendars[host.account].events.values()
    assert event["start"]["dateTime"] == "2026-11-23T09:00:00Z"
    seen = (await host.api("GET", f"/bookings/{booking['id']}")).body
    assert seen["join_url"] == event["hangoutLink"]


async def work(host: SignedInHost) -> None:
    """Have everything done that is due."""
    worker = Worker(host.site.services, "worker")
    await work_off(worker)
    await worker.close()
