"""A panel's event: in the organiser's calendar with the others as guests, then in that of who takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.calendar.calendar_event import event_id
from tests.support.calendar_events.desk import ADA, DAY, NOW
from tests.support.factories import an_event_type
from tests.support.panel import MAX, OLGA, THEA, booked, furnish, give
from tests.support.store.doing import try_cancel

if TYPE_CHECKING:
    from tests.support.calendar_events.desk import Desk

CARLA = "carla@customer.test"


async def test_organiser_and_guests_are_right_and_follow_a_reassignment(desk: Desk) -> None:
    await furnish(desk.store, ("event_type", an_event_type()))
    await desk.connect()
    await desk.connect("max", MAX)
    booking = await booked(desk.store, start=NOW + DAY)
    await desk.settle(booking.id)
    [event] = desk.events()
    assert [one["email"] for one in event["attendees"]] == [CARLA, OLGA]
    assert desk.events(MAX) == []

    await give(desk.services, booking, "max")
    await desk.settle(booking.id)
    assert desk.events() == []
    [event] = desk.events(MAX)
    assert event["id"] == event_id(booking.id, 1)
    assert [one["email"] for one in event["attendees"]] == [CARLA, OLGA]

    # Another guest: Google tells the former one, since the event that they were invited to is cancelled.
    await give(desk.services, await desk.booking(booking.id), "thea", instead_of="olga")
    await desk.settle(booking.id)
    [event] = desk.events(MAX)
    assert event["id"] == event_id(booking.id, 2)
    assert [one["email"] for one in event["attendees"]] == [CARLA, THEA]

    await try_cancel(desk.store, await desk.booking(booking.id))
    await desk.settle(booking.id)
    assert (desk.events(ADA), desk.events(MAX)) == ([], [])
