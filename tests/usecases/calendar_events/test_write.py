"""`calendar.write`: the event is what the booking is, whatever Google does and wherever a worker died."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.calendar.calendar_event import event_id
from admitone.domain.jobs.job import JobDelayed, JobFailed
from admitone.google.scopes import SEND
from admitone.store.records.google_connections import read_connection
from tests.support.calendar_events.desk import ADA, DAY, HOUR, NOW
from tests.support.factories import WORKSPACE, a_user
from tests.support.sizes import size
from tests.support.store.doing import a_write, put_records

if TYPE_CHECKING:
    from tests.support.calendar_events.desk import Desk

CARLA = "carla@customer.test"
MAX = "member@acme.test"
FAULTS = ["429", "403", "500", "503", "timeout", "work_done_answer_lost", "work_done_timeout", "garbage"]


async def test_a_booking_is_written_once_with_its_meet_link(desk: Desk) -> None:
    await desk.connect()
    booking = await desk.book()
    for _ in range(3):
        await desk.write(booking.id)
    await desk.check(booking.id)
    event = desk.event(booking)
    assert event["summary"] == "Half an hour: Carla Customer and Hanna Host"
    assert "https://book.test/manage/" in event["description"]
    assert (await desk.booking(booking.id)).join_url == event["hangoutLink"]
    assert desk.mails() == [("REQUEST", CARLA)]


async def test_it_is_moved_and_cancelled_and_each_is_told_once(desk: Desk) -> None:
    await desk.connect()
    booking = await desk.book()
    await desk.write(booking.id)
    await desk.move(booking.id, NOW + 2 * DAY)
    for _ in range(2):
        await desk.write(booking.id)
    await desk.check(booking.id)
    assert desk.event(booking)["sequence"] == 1
    await desk.cancel(booking.id)
    for _ in range(2):
        await desk.write(booking.id)
    await desk.check(booking.id)
    assert desk.mails() == [("REQUEST", CARLA), ("REQUEST", CARLA), ("CANCEL", CARLA)]


async def test_what_was_cancelled_before_it_was_written_never_appears(desk: Desk) -> None:
    await desk.connect()
    booking = await desk.book()
    await desk.cancel(booking.id)
    await desk.settle(booking.id)
    assert not desk.google.state.data.calendars[ADA].events


async def test_additional_hosts_are_guests(desk: Desk) -> None:
    await put_records(desk.store, a_write("user", a_user(id="max", email=MAX, name="Max")))
    await desk.connect()
    booking = await desk.book(users=["user", "max"])
    await desk.write(booking.id)
    assert [one["email"] for one in desk.event(booking)["attendees"]] == [CARLA, MAX]
    assert desk.event(booking, MAX)["organizer"]["email"] == ADA


async def test_what_people_changed_in_the_event_stays(desk: Desk) -> None:
    await desk.connect()
    booking = await desk.book()
    await desk.write(booking.id)
    guests = [*desk.event(booking)["attendees"], {"email": "boss@customer.test"}]
    await desk.act(booking, "patch", description="Bring the plans", attendees=guests)
    await desk.drag(booking, NOW + 3 * DAY)
    await desk.write(booking.id)
    assert desk.event(booking)["start"]["dateTime"] == "2026-11-21T11:06:40Z"
    await desk.move(booking.id, NOW + 2 * DAY)
    await desk.write(booking.id)
    await desk.check(booking.id)
    event = desk.event(booking)
    assert event["description"] == "Bring the plans"
    assert len(event["attendees"]) == 2


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("step", ["book", "move", "cancel"])
async def test_whatever_google_does_it_ends_well(desk: Desk, kind: str, step: str) -> None:
    await desk.connect()
    booking = await desk.book()
    if step != "book":
        await desk.write(booking.id)
        await (desk.move(booking.id, NOW + 2 * DAY) if step == "move" else desk.cancel(booking.id))
    await desk.google.fault("calendar.events.*", kind, times=3, delay=0.01)
    assert await desk.settle(booking.id) > 1
    await desk.check(booking.id)
    methods = ["REQUEST", "REQUEST" if step == "move" else "CANCEL"][: 1 if step == "book" else 2]
    assert desk.mails() == [(method, CARLA) for method in methods]


@pytest.mark.soak
async def test_changes_race_with_the_workers_that_write_them(desk: Desk) -> None:
    await desk.connect()
    bookings = [await desk.book(start=NOW + days * DAY) for days in range(1, size(400, 20))]
    await desk.google.fault("calendar.events.*", "slow", times=None, delay=0.002)
    for place, booking in enumerate(bookings):
        work = [desk.settle(booking.id), desk.settle(booking.id)]
        moves = [desk.move(booking.id, booking.start + (1 + n) * HOUR) for n in range(place % 3)]
        cancels = [desk.cancel(booking.id)] if place % 4 == 0 else []
        await asyncio.gather(*work, *moves, *cancels, return_exceptions=True)
        await desk.settle(booking.id)
    await desk.check(*(booking.id for booking in bookings))


async def test_google_says_how_long_to_wait(desk: Desk) -> None:
    await desk.connect()
    booking = await desk.book()
    await desk.google.fault("calendar.events.insert", "429", retry_after=17)
    with pytest.raises(JobDelayed) as delayed:
        await desk.write(booking.id)
    assert delayed.value.after == 17


async def test_a_revoked_grant_parks_the_job_and_marks_the_host(desk: Desk) -> None:
    await desk.connect()
    booking = await desk.book()
    await desk.google.control("revoke", account=ADA)
    for _ in range(2):
        with pytest.raises(JobFailed, match="connected anew"):
            await desk.write(booking.id)
    connection = await read_connection(desk.store, WORKSPACE, "user")
    assert connection
    assert connection.needs_reconnect
    await desk.connect()
    await desk.write(booking.id)
    await desk.check(booking.id)


async def test_without_a_connection_there_is_no_event(desk: Desk) -> None:
    booking = await desk.book()
    await desk.write(booking.id)
    await desk.connect(scopes=[SEND])
    await desk.write(booking.id)
    assert not desk.events()
    await desk.connect()
    await desk.write(booking.id)
    await desk.check(booking.id)


async def test_what_is_past_is_left_alone(desk: Desk) -> None:
    await desk.connect()
    booking = await desk.book(start=NOW - HOUR)
    await desk.write(booking.id)
    assert not desk.events()


async def test_a_calendar_that_is_gone_is_a_failure(desk: Desk) -> None:
    await desk.connect(writing="gone@group.calendar.google.com")
    booking = await desk.book()
    with pytest.raises(JobFailed, match="gone, or closed") as failed:
        await desk.write(booking.id)
    assert failed.value.waits_for == "user"


async def test_an_event_stays_in_the_calendar_where_it_was_written(desk: Desk) -> None:
    connection = await desk.connect()
    booking = await desk.book()
    await desk.write(booking.id)
    await desk.connect(writing=f"c_{ADA.replace('@', '.')}@group.calendar.google.com")
    assert connection.writing == "primary"
    await desk.move(booking.id, NOW + 2 * DAY)
    await desk.write(booking.id)
    await desk.check(booking.id)


async def test_an_event_that_vanished_is_written_again(desk: Desk) -> None:
    await desk.connect()
    booking = await desk.book()
    await desk.write(booking.id)
    desk.google.state.data.calendars[ADA].events.clear()
    await desk.move(booking.id, NOW + 2 * DAY)
    await desk.write(booking.id)
    await desk.check(booking.id)


async def test_another_host_gets_an_event_and_the_first_loses_theirs(desk: Desk) -> None:
    await put_records(desk.store, a_write("user", a_user(id="max", email=MAX, name="Max")))
    await desk.connect()
    await desk.connect("max", MAX)
    booking = await desk.book()
    await desk.write(booking.id)
    key = desk.store.keys(WORKSPACE).booking(booking.id)
    await desk.store.client.hset(key, mapping={"assignment": 1, "users": "max", "sequence": 1})
    again = await desk.booking(booking.id)
    assert again.join_url is None
    for _ in range(2):
        await desk.write(booking.id)
    assert not desk.events()
    [event] = desk.events(MAX)
    assert event["id"] == event_id(booking.id, 1)
    assert msgspec.structs.replace(again, events=()).event is None
    assert (await desk.booking(booking.id)).join_url == event["hangoutLink"]
