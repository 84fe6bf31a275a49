"""A panel's event: in the organiser's calendar with the others as guests, then in that of who takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.calendar.calendar_event import event_id
from tests.support.factories import DAY, NOW, an_event_type
from tests.support.google.api_client import ADA
from tests.support.pages.master_page import MAX, OLGA, THEA, book_with_guest, put_master_page, reassign
from tests.support.store.actions import try_cancel

if TYPE_CHECKING:
    from tests.support.calendar_events.host_with_calendar import HostWithCalendar

CARLA = "carla@customer.test"


async def test_organiser_and_guests_are_right_and_follow_a_reassignment(host: HostWithCalendar) -> None:
    await put_master_page(host.store, ("event_type", an_event_type()))
    await host.connect()
    await host.connect("max", MAX)
    booking = await book_with_guest(host.store, start=NOW + DAY)
    await host.settle(booking.id)
    [event] = host.events()
    assert [one["email"] for one in event["attendees"]] == [CARLA, OLGA]
    assert host.events(MAX) == []

    await reassign(host.services, booking, "max")
    await host.settle(booking.id)
    assert host.events() == []
    [event] = host.events(MAX)
    assert event["id"] == event_id(booking.id, 1)
    assert [one["email"] for one in event["attendees"]] == [CARLA, OLGA]

    # Another guest: Google tells the former one, since the event that they were invited to is cancelled.
    await reassign(host.services, await host.booking(booking.id), "thea", instead_of="olga")
    await host.settle(booking.id)
    [event] = host.events(MAX)
    assert event["id"] == event_id(booking.id, 2)
    assert [one["email"] for one in event["attendees"]] == [CARLA, THEA]

    await try_cancel(host.store, await host.booking(booking.id))
    await host.settle(booking.id)
    assert (host.events(ADA), host.events(MAX)) == ([], [])
