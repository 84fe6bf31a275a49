"""`calendar.sync`: bookings follow what their hosts do in Google Calendar, and nothing runs in circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain.pages.master_page import MasterPage
from admitone.store.records.credentials.google_connections import read_connection
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE, a_user
from tests.support.google.api_client import ADA
from tests.support.store.actions import a_write, put_link, put_records, the_link

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from tests.support.calendar_events.host_with_calendar import HostWithCalendar

MAX = "member@acme.test"


@pytest.fixture
async def booking(host: HostWithCalendar) -> Booking:
    """A booking whose event is written, and read back once."""
    await host.connect()
    await host.switch_sync(on=True)
    link = await put_link(host.store, on_cancel="reactivate")
    made = await host.book(link=link.id)
    await host.write(made.id)
    assert await host.sync() == NOW + 300
    return made


async def test_what_the_host_deletes_is_cancelled_with_all_that_follows(
    host: HostWithCalendar, booking: Booking
) -> None:
    await host.act(booking, "delete")
    await host.sync()
    assert (await host.booking(booking.id)).status == "cancelled"
    assert booking.link
    assert (await the_link(host.store, booking.link)).booked is None
    await host.write(booking.id)
    await host.sync()
    await host.check(booking.id)


async def test_what_the_host_moves_is_rescheduled_and_told_once(
    host: HostWithCalendar, booking: Booking
) -> None:
    await host.drag(booking, NOW + 2 * DAY)
    for _ in range(3):
        await host.sync()
        await host.write(booking.id)
        now = await host.booking(booking.id)
        assert (now.status, now.start, now.sequence) == ("rescheduled", NOW + 2 * DAY, 1)
    await host.check(booking.id)
    assert [method for method, _ in host.mails()] == ["REQUEST"]


async def test_onto_occupied_time_the_booking_stays_and_the_host_is_shown_why(
    host: HostWithCalendar, booking: Booking
) -> None:
    other = await host.book(start=NOW + 2 * DAY)
    await host.write(other.id)
    await host.drag(booking, other.start + 600)
    for _ in range(2):
        await host.sync()
        await host.write(booking.id)
        there = await host.booking(booking.id)
        assert (there.start, there.sequence, there.conflict) == (booking.start, 0, other.start + 600)
    await host.drag(booking, booking.start)
    await host.sync()
    assert (await host.booking(booking.id)).conflict is None
    await host.check(booking.id, other.id)


@pytest.mark.parametrize("end", ["move", "cancel", "drag"])
async def test_a_conflict_ends_with_what_the_host_does_next(
    host: HostWithCalendar, booking: Booking, end: str
) -> None:
    other = await host.book(start=NOW + 2 * DAY)
    await host.write(other.id)
    await host.drag(booking, other.start)
    await host.sync()
    if end == "move":
        await host.move(booking.id, NOW + 3 * DAY)
    elif end == "cancel":
        await host.cancel(booking.id)
    else:
        await host.drag(booking, NOW + 3 * DAY)
        await host.sync()
    await host.write(booking.id)
    await host.sync()
    assert (await host.booking(booking.id)).conflict is None
    await host.check(booking.id, other.id)


@pytest.mark.parametrize("to", ["yesterday", "a whole day"])
async def test_where_no_booking_can_be_it_does_not_follow(
    host: HostWithCalendar, booking: Booking, to: str
) -> None:
    if to == "yesterday":
        await host.drag(booking, NOW - DAY)
    else:
        day = {
            "start": {"date": "2026-12-01", "dateTime": None},
            "end": {"date": "2026-12-02", "dateTime": None},
        }
        await host.act(booking, "patch", **day)
    await host.sync()
    there = await host.booking(booking.id)
    assert (there.start, there.conflict) == (booking.start, NOW - DAY if to == "yesterday" else 0)


async def test_what_nobody_may_move_does_not_follow(host: HostWithCalendar) -> None:
    """Its one-time link was for a master page, which has static rules by now."""
    static = MasterPage(
        id="master", created_at=NOW, title="Us", slug="us-all", rule_type="static", pages=["page"]
    )
    await put_records(host.store, a_write("master_page", static))
    await host.connect()
    await host.switch_sync(on=True)
    link = await put_link(host.store, page="master")
    booking = await host.book(page="master", pages=["page"], link=link.id)
    await host.write(booking.id)
    assert host.event(booking)["start"]["timeZone"] == "Europe/Paris"
    await host.drag(booking, NOW + 2 * DAY)
    assert await host.sync() == NOW + 300
    there = await host.booking(booking.id)
    assert (there.start, there.conflict) == (booking.start, NOW + 2 * DAY)
    await host.act(booking, "delete")
    await host.sync()
    assert (await host.booking(booking.id)).status == "cancelled"


async def test_a_customers_move_that_is_not_written_yet_is_not_undone(
    host: HostWithCalendar, booking: Booking
) -> None:
    await host.move(booking.id, NOW + 3 * DAY)
    await host.act(
        booking, "patch", attendees=[{"email": "carla@customer.test", "responseStatus": "accepted"}]
    )
    await host.sync()
    assert (await host.booking(booking.id)).start == NOW + 3 * DAY
    await host.write(booking.id)
    await host.sync()
    await host.check(booking.id)


async def test_a_deletion_is_seen_by_the_write_that_meets_it(
    host: HostWithCalendar, booking: Booking
) -> None:
    await host.act(booking, "delete")
    await host.move(booking.id, NOW + 3 * DAY)
    await host.write(booking.id)
    assert (await host.booking(booking.id)).status == "cancelled"
    await host.check(booking.id)


async def test_switched_off_nothing_follows(host: HostWithCalendar, booking: Booking) -> None:
    await host.switch_sync(on=False)
    await host.act(booking, "delete")
    assert await host.sync() is None
    await host.write(booking.id)
    assert (await host.booking(booking.id)).status == "scheduled"
    assert not host.events()
    await host.move(booking.id, NOW + 2 * DAY)
    await host.write(booking.id)
    await host.check(booking.id)


async def test_after_an_expired_token_nothing_is_missed(host: HostWithCalendar, booking: Booking) -> None:
    moved, vanished, kept = [await host.book(start=NOW + days * DAY) for days in (3, 4, 5)]
    for one in (moved, vanished, kept):
        await host.write(one.id)
    await host.sync()
    await host.google.control("sync-tokens/expire")
    await host.act(booking, "delete")
    await host.drag(moved, NOW + 6 * DAY)
    del host.google.state.data.calendars[ADA].events[host.event(vanished)["id"]]
    await host.sync()
    states = [(await host.booking(one.id)).status for one in (booking, moved, vanished, kept)]
    assert states == ["cancelled", "rescheduled", "cancelled", "scheduled"]
    for one in (booking, moved, vanished, kept):
        await host.write(one.id)
    await host.check(moved.id, kept.id)


async def test_a_guest_who_deletes_their_copy_cancels_nothing(host: HostWithCalendar) -> None:
    await put_records(host.store, a_write("user", a_user(id="max", email=MAX, name="Max")))
    await host.connect()
    await host.connect("max", MAX)
    await host.switch_sync(on=True)
    booking = await host.book(users=["user", "max"])
    await host.write(booking.id)
    await host.sync("max")
    parameters = {"calendarId": "primary", "eventId": host.event(booking)["id"]}
    await host.google.control("act", account=MAX, method="calendar.events.delete", parameters=parameters)
    await host.sync("max")
    await host.sync()
    assert (await host.booking(booking.id)).status == "scheduled"


async def test_what_has_begun_is_left_alone(host: HostWithCalendar) -> None:
    await host.connect()
    await host.switch_sync(on=True)
    booking = await host.book(start=NOW - HOUR // 4)
    await host.write(booking.id)
    await host.drag(booking, NOW + DAY)
    await host.sync()
    there = await host.booking(booking.id)
    assert (there.start, there.conflict) == (booking.start, None)


@pytest.mark.parametrize("kind", ["500", "429", "timeout", "garbage"])
async def test_what_google_fails_at_is_read_the_next_time(
    host: HostWithCalendar, booking: Booking, kind: str
) -> None:
    await host.drag(booking, NOW + 2 * DAY)
    more = {"retry_after": 1000} if kind == "429" else {}
    await host.google.fault("calendar.events.list", kind, delay=0.01, **more)
    assert await host.sync() == NOW + (1000 if kind == "429" else 300)
    await host.sync()
    assert (await host.booking(booking.id)).start == NOW + 2 * DAY


async def test_a_revoked_grant_ends_it_and_marks_the_host(host: HostWithCalendar, booking: Booking) -> None:
    await host.google.control("revoke", account=ADA)
    assert await host.sync() is None
    connection = await read_connection(host.store, WORKSPACE, "user")
    assert connection
    assert connection.needs_reconnect
    assert (await host.booking(booking.id)).status == "scheduled"
