"""Connecting a calendar after something was booked: it is written into it, by the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.worker.worker import Worker
from tests.support.google_accounts.office import WEEKDAYS
from tests.support.worker.working import work_off

if TYPE_CHECKING:
    from tests.support.google_accounts.office import Office


async def test_what_was_booked_before_is_written(office: Office) -> None:
    event_type = await office.made("/event-types", name="Half an hour", duration_minutes=30)
    page = await office.made(
        "/booking-pages",
        title="Talk to Ada",
        slug="talk-to-ada",
        event_types=[event_type["id"]],
        schedule={"timezone": "Europe/Paris", "weekly": WEEKDAYS},
    )
    link = await office.made("/links", page=page["id"])
    customer = {"start": "2026-11-23T09:00:00Z", "name": "Carla", "email": "carla@customer.test"}
    booking = (await office.browser.call("POST", f"/api/v1/book/{link['code']}", body=customer)).body
    await work(office)
    assert not office.google.state.data.calendars[office.account].events

    await office.connect()
    await work(office)
    [event] = office.google.state.data.calendars[office.account].events.values()
    assert event["start"]["dateTime"] == "2026-11-23T09:00:00Z"
    seen = (await office.api("GET", f"/bookings/{booking['id']}")).body
    assert seen["join_url"] == event["hangoutLink"]


async def work(office: Office) -> None:
    """Have everything done that is due."""
    worker = Worker(office.site.services, "worker")
    await work_off(worker)
    await worker.close()
