"""Writing events and reading changes, against fakegoogle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.domain.calendar.calendar_event import event_body, event_id, event_times
from admitone.domain.pages.event_type import Location
from admitone.google.calendar import WHOLE_DAY, GoogleCalendar
from admitone.google.errors import CalendarClosed, GoogleRefused
from admitone.texts.translator import translator
from tests.support.factories import DAY, HOUR, NOW, a_booking, a_booking_data, a_user
from tests.support.google.api_client import ADA, a_grant, an_api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.domain.bookings.booking import Booking
    from admitone.google.api import GoogleApi
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def api(google: FakeGoogle) -> AsyncIterator[GoogleApi]:
    one = an_api(google)
    yield one
    google.state.faults.clear()
    await one.close()


@pytest.fixture
async def calendar(google: FakeGoogle, api: GoogleApi) -> GoogleCalendar:
    return GoogleCalendar(api, await a_grant(google), "primary")


def a_meeting(**changes: Any) -> Booking:
    return a_booking(data=a_booking_data(location=Location("google_meet")), **changes)


def body_of(booking: Booking, language: str = "en") -> dict[str, Any]:
    return event_body(
        booking,
        texts=translator(language),
        host=a_user(),
        others=[],
        timezone="Europe/Zurich",
        booking_url="https://a.test/dashboard",
        manage_url="https://a.test",
    )


def test_its_words_are_in_the_customers_language() -> None:
    english, german = body_of(a_meeting()), body_of(a_meeting(), "de")
    link = '<a href="https://a.test">https://a.test</a>'
    assert f"To reschedule or cancel: {link}" in english["description"]
    assert link in german["description"]
    assert "To reschedule" not in german["description"]


async def test_an_event_is_inserted_once_with_a_meet_link_and_an_invitation(
    google: FakeGoogle, calendar: GoogleCalendar
) -> None:
    booking = a_meeting()
    event = await calendar.insert(body_of(booking))
    assert event
    assert (event.times, event.shows, event.sequence) == ((booking.start, booking.end), 0, 0)
    assert (event.hangout_link or "").startswith("https://meet.google.com/")
    assert not event.is_meet_pending
    assert await calendar.insert(body_of(booking)) is None
    assert await calendar.get(event.id) == event
    [mail] = google.state.data.invitations
    assert (mail.method, mail.to) == ("REQUEST", "carla@customer.test")


async def test_where_meet_is_switched_off_the_event_has_no_link(
    google: FakeGoogle, calendar: GoogleCalendar
) -> None:
    google.state.data.calendars[ADA].conferences = []
    event = await calendar.insert(body_of(a_meeting()))
    assert event
    assert event.hangout_link is None
    assert len(google.state.data.calendars[ADA].events) == 1


async def test_a_move_keeps_what_people_changed(google: FakeGoogle, calendar: GoogleCalendar) -> None:
    booking = a_meeting()
    event = await calendar.insert(body_of(booking))
    assert event
    await google.control(
        "act",
        account=ADA,
        method="calendar.events.patch",
        parameters={"calendarId": "primary", "eventId": event.id},
        body={"description": "By a person"},
    )
    moved = msgspec.structs.replace(booking, start=booking.start + HOUR, end=booking.end + HOUR, sequence=1)
    times = event_times(moved, "Europe/Zurich")
    assert await calendar.patch(event, times) is None
    there = await calendar.get(event.id)
    assert there
    after = await calendar.patch(there, times)
    assert after
    assert (after.times, after.shows, after.sequence) == ((moved.start, moved.end), 1, 1)
    assert after.hangout_link == event.hangout_link
    assert google.state.data.calendars[ADA].events[event.id]["description"] == "By a person"


async def test_a_deleted_event_keeps_its_id(google: FakeGoogle, calendar: GoogleCalendar) -> None:
    booking = a_meeting()
    event = await calendar.insert(body_of(booking))
    assert event
    for _ in range(2):
        await calendar.delete(event.id)
    await calendar.delete("ao12345")
    there = await calendar.get(event.id)
    assert there
    assert there.is_cancelled
    assert await calendar.insert(body_of(booking)) is None
    assert await calendar.get("ao12345") is None
    assert [mail.method for mail in google.state.data.invitations] == ["REQUEST", "CANCEL"]


async def test_changes_are_told_once_deleted_ones_too(google: FakeGoogle, calendar: GoogleCalendar) -> None:
    bookings = [a_meeting(start=NOW + days * DAY) for days in (-2, 1, 2)]
    for booking in bookings:
        await calendar.insert(body_of(booking), tell=False)
    first = await calendar.changes(None, NOW)
    assert first
    ids = [event_id(booking.id, 0) for booking in bookings]
    assert {event.id for event in first.events} == set(ids[1:])
    await calendar.delete(ids[1])
    second = await calendar.changes(first.token, NOW)
    assert second
    assert [(event.id, event.is_cancelled) for event in second.events] == [(ids[1], True)]
    third = await calendar.changes(second.token, NOW)
    assert third
    assert not third.events
    await google.control("sync-tokens/expire")
    assert await calendar.changes(third.token, NOW) is None
    assert [mail.method for mail in google.state.data.invitations] == ["CANCEL"]


async def test_a_whole_day_has_no_time(google: FakeGoogle, calendar: GoogleCalendar) -> None:
    event = await calendar.insert(body_of(a_meeting()))
    assert event
    await google.control(
        "act",
        account=ADA,
        method="calendar.events.patch",
        parameters={"calendarId": "primary", "eventId": event.id},
        body={
            which: {"date": f"2026-12-0{day}", "dateTime": None} for which, day in (("start", 1), ("end", 2))
        },
    )
    there = await calendar.get(event.id)
    assert there
    assert there.times == (WHOLE_DAY, WHOLE_DAY)


async def test_a_calendar_that_is_not_there_takes_no_event(google: FakeGoogle, api: GoogleApi) -> None:
    nowhere = GoogleCalendar(api, await a_grant(google), "nobody@nowhere.test")
    with pytest.raises(CalendarClosed):
        await nowhere.insert(body_of(a_meeting()))


async def test_what_is_not_expected_is_refused(calendar: GoogleCalendar) -> None:
    with pytest.raises(GoogleRefused) as refusal:
        await calendar.insert({"summary": "Without times"})
    assert refusal.value.status == 400
