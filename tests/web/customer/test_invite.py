"""The calendar file of a booking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import icalendar

from tests.support.customer.host import booking_id

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"


async def event_of(visitor: Visitor, manage: str) -> Any:
    """The one event of the file."""
    answer = await visitor.get(f"{manage}/invite.ics")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="invite.ics"'
    calendar = icalendar.Calendar.from_ical(answer.text)
    assert calendar["METHOD"] == "PUBLISH"
    [event] = calendar.walk("VEVENT")
    return event


async def test_it_says_what_when_and_where(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", location={"kind": "in_person", "detail": "12 Rue A; 3rd floor, left"})
    manage = await host.booked(TEN)
    event = await event_of(visitor, manage)
    assert event["SUMMARY"] == "Half an hour with Hanna Host"
    assert event["LOCATION"] == "12 Rue A; 3rd floor, left"
    assert event["DTSTART"].to_ical() == b"20261119T090000Z"
    assert event["DTEND"].to_ical() == b"20261119T093000Z"
    assert manage in event["DESCRIPTION"]
    assert str(event["ORGANIZER"]) == "mailto:hanna@host.test"
    assert event["STATUS"] == "CONFIRMED"


async def test_its_uid_stays_and_its_sequence_rises(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    first = await event_of(visitor, manage)
    token = manage.rpartition("/")[2]
    await host.deployment.customer.post(f"/manage/{token}/reschedule", {"start": "2026-11-19T10:00:00Z"})
    second = await event_of(visitor, manage)
    await host.api.post(f"/bookings/{booking_id(manage)}/cancel", {})
    third = await event_of(visitor, manage)
    assert first["UID"] == second["UID"] == third["UID"]
    assert [int(event["SEQUENCE"]) for event in (first, second, third)] == [0, 1, 2]
    assert second["DTSTART"].to_ical() == b"20261119T100000Z"
    assert third["STATUS"] == "CANCELLED"


async def test_the_file_of_no_booking_is_not_there(host: Host, visitor: Visitor) -> None:
    assert (await visitor.get("/manage/0ABC00000000000000000000000000/invite.ics")).status == 404
