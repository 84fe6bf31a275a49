"""`calendar.write`: the event is what the booking is, whatever Google does and wherever a worker died."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.calendar.calendar_event import event_id
from admitone.domain.jobs.job import JobDelayed, JobFailed
from admitone.google.scopes import SEND
from admitone.mail.smtp import Smtp
from admitone.mail.smtp_url import smtp_server
from admitone.mail.transport import Mail
from admitone.store.records.credentials.google_connections import read_connection
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE, a_user
from tests.support.google.api_client import ADA
from tests.support.sizes import size
from tests.support.store.actions import a_write, put_records

if TYPE_CHECKING:
    from tests.support.calendar_events.host_with_calendar import HostWithCalendar

CARLA = "carla@customer.test"
MAX = "member@acme.test"
FAULTS = ["429", "403", "500", "503", "timeout", "work_done_answer_lost", "work_done_timeout", "garbage"]


async def test_a_booking_is_written_once_with_its_meet_link(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book()
    for _ in range(3):
        await host.write(booking.id)
    await host.check(booking.id)
    event = host.event(booking)
    assert event["summary"] == "Half an hour: Carla Customer and Hanna Host"
    assert "https://book.test/manage/" in event["description"]
    assert (await host.booking(booking.id)).join_url == event["hangoutLink"]
    assert host.mails() == [("REQUEST", CARLA)]


async def test_guests_see_no_manage_link_where_the_customer_gets_it_by_mail(host: HostWithCalendar) -> None:
    await host.connect(also=[SEND])
    booking = await host.book()
    await host.write(booking.id)
    event = host.event(booking)
    assert "/manage/" not in str(event)
    assert event["source"]["url"] == f"https://book.test/dashboard/bookings/{booking.id}"


async def test_guests_see_no_manage_link_where_a_mail_server_sends(host: HostWithCalendar) -> None:
    mail = Mail(Smtp(smtp_server("smtp://127.0.0.1:9"), "bookings@book.test"))
    host = msgspec.structs.replace(host, services=msgspec.structs.replace(host.services, mail=mail))
    await host.connect()
    booking = await host.book()
    await host.write(booking.id)
    assert "/manage/" not in str(host.event(booking))


async def test_it_is_moved_and_cancelled_and_each_is_told_once(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book()
    await host.write(booking.id)
    await host.move(booking.id, NOW + 2 * DAY)
    for _ in range(2):
        await host.write(booking.id)
    await host.check(booking.id)
    assert host.event(booking)["sequence"] == 1
    await host.cancel(booking.id)
    for _ in range(2):
        await host.write(booking.id)
    await host.check(booking.id)
    assert host.mails() == [("REQUEST", CARLA), ("REQUEST", CARLA), ("CANCEL", CARLA)]


async def test_what_was_cancelled_before_it_was_written_never_appears(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book()
    await host.cancel(booking.id)
    await host.settle(booking.id)
    assert not host.google.state.data.calendars[ADA].events


async def test_additional_hosts_are_guests(host: HostWithCalendar) -> None:
    await put_records(host.store, a_write("user", a_user(id="max", email=MAX, name="Max")))
    await host.connect()
    booking = await host.book(users=["user", "max"])
    await host.write(booking.id)
    assert [one["email"] for one in host.event(booking)["attendees"]] == [CARLA, MAX]
    assert host.event(booking, MAX)["organizer"]["email"] == ADA


async def test_what_people_changed_in_the_event_stays(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book()
    await host.write(booking.id)
    guests = [*host.event(booking)["attendees"], {"email": "boss@customer.test"}]
    await host.act(booking, "patch", description="Bring the plans", attendees=guests)
    await host.drag(booking, NOW + 3 * DAY)
    await host.write(booking.id)
    assert host.event(booking)["start"]["dateTime"] == "2026-11-21T11:06:40Z"
    await host.move(booking.id, NOW + 2 * DAY)
    await host.write(booking.id)
    await host.check(booking.id)
    event = host.event(booking)
    assert event["description"] == "Bring the plans"
    assert len(event["attendees"]) == 2


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("step", ["book", "move", "cancel"])
async def test_whatever_google_does_it_ends_well(host: HostWithCalendar, kind: str, step: str) -> None:
    await host.connect()
    booking = await host.book()
    if step != "book":
        await host.write(booking.id)
        await (host.move(booking.id, NOW + 2 * DAY) if step == "move" else host.cancel(booking.id))
    await host.google.fault("calendar.events.*", kind, times=3, delay=0.01)
    assert await host.settle(booking.id) > 1
    await host.check(booking.id)
    methods = ["REQUEST", "REQUEST" if step == "move" else "CANCEL"][: 1 if step == "book" else 2]
    assert host.mails() == [(method, CARLA) for method in methods]


@pytest.mark.soak
async def test_changes_race_with_the_workers_that_write_them(host: HostWithCalendar) -> None:
    await host.connect()
    bookings = [await host.book(start=NOW + days * DAY) for days in range(1, size(400, 20))]
    await host.google.fault("calendar.events.*", "slow", times=None, delay=0.002)
    for place, booking in enumerate(bookings):
        work = [host.settle(booking.id), host.settle(booking.id)]
        moves = [host.move(booking.id, booking.start + (1 + n) * HOUR) for n in range(place % 3)]
        cancels = [host.cancel(booking.id)] if place % 4 == 0 else []
        await asyncio.gather(*work, *moves, *cancels, return_exceptions=True)
        await host.settle(booking.id)
    await host.check(*(booking.id for booking in bookings))


async def test_google_says_how_long_to_wait(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book()
    await host.google.fault("calendar.events.insert", "429", retry_after=17)
    with pytest.raises(JobDelayed) as delayed:
        await host.write(booking.id)
    assert delayed.value.after == 17


async def test_a_revoked_grant_parks_the_job_and_marks_the_host(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book()
    await host.google.control("revoke", account=ADA)
    for _ in range(2):
        with pytest.raises(JobFailed, match="connected anew"):
            await host.write(booking.id)
    connection = await read_connection(host.store, WORKSPACE, "user")
    assert connection
    assert connection.needs_reconnect
    await host.connect()
    await host.write(booking.id)
    await host.check(booking.id)


async def test_without_a_connection_there_is_no_event(host: HostWithCalendar) -> None:
    booking = await host.book()
    await host.write(booking.id)
    await host.connect(scopes=[SEND])
    await host.write(booking.id)
    assert not host.events()
    await host.connect()
    await host.write(booking.id)
    await host.check(booking.id)


async def test_what_is_past_is_left_alone(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book(start=NOW - HOUR)
    await host.write(booking.id)
    assert not host.events()


async def test_a_calendar_that_is_gone_is_a_failure(host: HostWithCalendar) -> None:
    await host.connect(writing="gone@group.calendar.google.com")
    booking = await host.book()
    with pytest.raises(JobFailed, match="deleted or is read-only") as failed:
        await host.write(booking.id)
    assert failed.value.waits_for == "user"


async def test_an_event_stays_in_the_calendar_where_it_was_written(host: HostWithCalendar) -> None:
    connection = await host.connect()
    booking = await host.book()
    await host.write(booking.id)
    await host.connect(writing=f"c_{ADA.replace('@', '.')}@group.calendar.google.com")
    assert connection.writing == "primary"
    await host.move(booking.id, NOW + 2 * DAY)
    await host.write(booking.id)
    await host.check(booking.id)


async def test_an_event_that_vanished_is_written_again(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book()
    await host.write(booking.id)
    host.google.state.data.calendars[ADA].events.clear()
    await host.move(booking.id, NOW + 2 * DAY)
    await host.write(booking.id)
    await host.check(booking.id)


async def test_another_host_gets_an_event_and_the_first_loses_theirs(host: HostWithCalendar) -> None:
    await put_records(host.store, a_write("user", a_user(id="max", email=MAX, name="Max")))
    await host.connect()
    await host.connect("max", MAX)
    booking = await host.book()
    await host.write(booking.id)
    key = host.store.keys(WORKSPACE).booking(booking.id)
    await host.store.client.hset(key, mapping={"assignment": 1, "users": "max", "sequence": 1})
    again = await host.booking(booking.id)
    assert again.join_url is None
    for _ in range(2):
        await host.write(booking.id)
    assert not host.events()
    [event] = host.events(MAX)
    assert event["id"] == event_id(booking.id, 1)
    assert msgspec.structs.replace(again, events=()).event is None
    assert (await host.booking(booking.id)).join_url == event["hangoutLink"]
