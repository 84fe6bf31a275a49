"""`calendar.sync`: bookings follow what their hosts do in Google Calendar, and nothing runs in circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain.pages.master_page import MasterPage
from admitone.store.records.google_connections import read_connection
from tests.support.calendar_events.desk import ADA, DAY, HOUR, NOW
from tests.support.factories import WORKSPACE, a_user
from tests.support.store.doing import a_write, put_link, put_records, the_link

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from tests.support.calendar_events.desk import Desk

MAX = "member@acme.test"


@pytest.fixture
async def booking(desk: Desk) -> Booking:
    """A booking whose event is written, and read back once."""
    await desk.connect()
    await desk.switch_sync(on=True)
    link = await put_link(desk.store, on_cancel="reactivate")
    made = await desk.book(link=link.id)
    await desk.write(made.id)
    assert await desk.sync() == NOW + 300
    return made


async def test_what_the_host_deletes_is_cancelled_with_all_that_follows(desk: Desk, booking: Booking) -> None:
    await desk.act(booking, "delete")
    await desk.sync()
    assert (await desk.booking(booking.id)).status == "cancelled"
    assert booking.link
    assert (await the_link(desk.store, booking.link)).booked is None
    await desk.write(booking.id)
    await desk.sync()
    await desk.check(booking.id)


async def test_what_the_host_moves_is_rescheduled_and_told_once(desk: Desk, booking: Booking) -> None:
    await desk.drag(booking, NOW + 2 * DAY)
    for _ in range(3):
        await desk.sync()
        await desk.write(booking.id)
        now = await desk.booking(booking.id)
        assert (now.status, now.start, now.sequence) == ("rescheduled", NOW + 2 * DAY, 1)
    await desk.check(booking.id)
    assert [method for method, _ in desk.mails()] == ["REQUEST"]


async def test_onto_occupied_time_the_booking_stays_and_the_host_is_shown_why(
    desk: Desk, booking: Booking
) -> None:
    other = await desk.book(start=NOW + 2 * DAY)
    await desk.write(other.id)
    await desk.drag(booking, other.start + 600)
    for _ in range(2):
        await desk.sync()
        await desk.write(booking.id)
        there = await desk.booking(booking.id)
        assert (there.start, there.sequence, there.conflict) == (booking.start, 0, other.start + 600)
    await desk.drag(booking, booking.start)
    await desk.sync()
    assert (await desk.booking(booking.id)).conflict is None
    await desk.check(booking.id, other.id)


@pytest.mark.parametrize("end", ["move", "cancel", "drag"])
async def test_a_conflict_ends_with_what_the_host_does_next(desk: Desk, booking: Booking, end: str) -> None:
    other = await desk.book(start=NOW + 2 * DAY)
    await desk.write(other.id)
    await desk.drag(booking, other.start)
    await desk.sync()
    if end == "move":
        await desk.move(booking.id, NOW + 3 * DAY)
    elif end == "cancel":
        await desk.cancel(booking.id)
    else:
        await desk.drag(booking, NOW + 3 * DAY)
        await desk.sync()
    await desk.write(booking.id)
    await desk.sync()
    assert (await desk.booking(booking.id)).conflict is None
    await desk.check(booking.id, other.id)


@pytest.mark.parametrize("to", ["yesterday", "a whole day"])
async def test_where_no_booking_can_be_it_does_not_follow(desk: Desk, booking: Booking, to: str) -> None:
    if to == "yesterday":
        await desk.drag(booking, NOW - DAY)
    else:
        day = {
            "start": {"date": "2026-12-01", "dateTime": None},
            "end": {"date": "2026-12-02", "dateTime": None},
        }
        await desk.act(booking, "patch", **day)
    await desk.sync()
    there = await desk.booking(booking.id)
    assert (there.start, there.conflict) == (booking.start, NOW - DAY if to == "yesterday" else 0)


async def test_what_nobody_may_move_does_not_follow(desk: Desk) -> None:
    """Its one-time link was for a master page, which has static rules by now."""
    static = MasterPage(
        id="master", created_at=NOW, title="Us", slug="us-all", rule_type="static", pages=["page"]
    )
    await put_records(desk.store, a_write("master_page", static))
    await desk.connect()
    await desk.switch_sync(on=True)
    link = await put_link(desk.store, page="master")
    booking = await desk.book(page="master", pages=["page"], link=link.id)
    await desk.write(booking.id)
    assert desk.event(booking)["start"]["timeZone"] == "Europe/Paris"
    await desk.drag(booking, NOW + 2 * DAY)
    assert await desk.sync() == NOW + 300
    there = await desk.booking(booking.id)
    assert (there.start, there.conflict) == (booking.start, NOW + 2 * DAY)
    await desk.act(booking, "delete")
    await desk.sync()
    assert (await desk.booking(booking.id)).status == "cancelled"


async def test_a_customers_move_that_is_not_written_yet_is_not_undone(desk: Desk, booking: Booking) -> None:
    await desk.move(booking.id, NOW + 3 * DAY)
    await desk.act(
        booking, "patch", attendees=[{"email": "carla@customer.test", "responseStatus": "accepted"}]
    )
    await desk.sync()
    assert (await desk.booking(booking.id)).start == NOW + 3 * DAY
    await desk.write(booking.id)
    await desk.sync()
    await desk.check(booking.id)


async def test_a_deletion_is_seen_by_the_write_that_meets_it(desk: Desk, booking: Booking) -> None:
    await desk.act(booking, "delete")
    await desk.move(booking.id, NOW + 3 * DAY)
    await desk.write(booking.id)
    assert (await desk.booking(booking.id)).status == "cancelled"
    await desk.check(booking.id)


async def test_switched_off_nothing_follows(desk: Desk, booking: Booking) -> None:
    await desk.switch_sync(on=False)
    await desk.act(booking, "delete")
    assert await desk.sync() is None
    await desk.write(booking.id)
    assert (await desk.booking(booking.id)).status == "scheduled"
    assert not desk.events()
    await desk.move(booking.id, NOW + 2 * DAY)
    await desk.write(booking.id)
    await desk.check(booking.id)


async def test_after_an_expired_token_nothing_is_missed(desk: Desk, booking: Booking) -> None:
    moved, vanished, kept = [await desk.book(start=NOW + days * DAY) for days in (3, 4, 5)]
    for one in (moved, vanished, kept):
        await desk.write(one.id)
    await desk.sync()
    await desk.google.control("sync-tokens/expire")
    await desk.act(booking, "delete")
    await desk.drag(moved, NOW + 6 * DAY)
    del desk.google.state.data.calendars[ADA].events[desk.event(vanished)["id"]]
    await desk.sync()
    states = [(await desk.booking(one.id)).status for one in (booking, moved, vanished, kept)]
    assert states == ["cancelled", "rescheduled", "cancelled", "scheduled"]
    for one in (booking, moved, vanished, kept):
        await desk.write(one.id)
    await desk.check(moved.id, kept.id)


async def test_a_guest_who_deletes_their_copy_cancels_nothing(desk: Desk) -> None:
    await put_records(desk.store, a_write("user", a_user(id="max", email=MAX, name="Max")))
    await desk.connect()
    await desk.connect("max", MAX)
    await desk.switch_sync(on=True)
    booking = await desk.book(users=["user", "max"])
    await desk.write(booking.id)
    await desk.sync("max")
    parameters = {"calendarId": "primary", "eventId": desk.event(booking)["id"]}
    await desk.google.control("act", account=MAX, method="calendar.events.delete", parameters=parameters)
    await desk.sync("max")
    await desk.sync()
    assert (await desk.booking(booking.id)).status == "scheduled"


async def test_what_has_begun_is_left_alone(desk: Desk) -> None:
    await desk.connect()
    await desk.switch_sync(on=True)
    booking = await desk.book(start=NOW - HOUR // 4)
    await desk.write(booking.id)
    await desk.drag(booking, NOW + DAY)
    await desk.sync()
    there = await desk.booking(booking.id)
    assert (there.start, there.conflict) == (booking.start, None)


@pytest.mark.parametrize("kind", ["500", "429", "timeout", "garbage"])
async def test_what_google_fails_at_is_read_the_next_time(desk: Desk, booking: Booking, kind: str) -> None:
    await desk.drag(booking, NOW + 2 * DAY)
    more = {"retry_after": 1000} if kind == "429" else {}
    await desk.google.fault("calendar.events.list", kind, delay=0.01, **more)
    assert await desk.sync() == NOW + (1000 if kind == "429" else 300)
    await desk.sync()
    assert (await desk.booking(booking.id)).start == NOW + 2 * DAY


async def test_a_revoked_grant_ends_it_and_marks_the_host(desk: Desk, booking: Booking) -> None:
    await desk.google.control("revoke", account=ADA)
    assert await desk.sync() is None
    connection = await read_connection(desk.store, WORKSPACE, "user")
    assert connection
    assert connection.needs_reconnect
    assert (await desk.booking(booking.id)).status == "scheduled"
