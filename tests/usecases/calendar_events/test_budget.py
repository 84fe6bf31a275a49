"""Google's invitations to one address have a budget; beyond it the calendar is written and nobody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.calendar_events.calendar_notice import may_tell
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE, a_link, a_user, some_settings
from tests.support.store.actions import a_write, put_links, put_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.calendar_events.host_with_calendar import HostWithCalendar

CARLA = "carla@customer.test"


async def move_often(host: HostWithCalendar, booking: str, times: int) -> None:
    """Move a booking hour by hour, and write it each time."""
    start = (await host.booking(booking)).start
    for place in range(1, times + 1):
        await host.move(booking, start + place * HOUR)
        await host.settle(booking)


async def test_moves_invite_one_address_ten_times_an_hour(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book()
    await host.settle(booking.id)
    await move_often(host, booking.id, 13)
    assert host.mails() == [("REQUEST", CARLA)] * 10
    assert host.services.mail.counts.untold == 4
    await host.check(booking.id)

    await host.cancel(booking.id)
    await host.settle(booking.id)
    await host.check(booking.id)
    assert host.mails() == [("REQUEST", CARLA)] * 10

    host.clock.forward(hours=1)
    other = await host.book(start=NOW + 3 * DAY)
    await host.settle(other.id)
    assert len(host.mails()) == 11


async def test_what_google_does_not_answer_counts_once(host: HostWithCalendar) -> None:
    await host.connect()
    await host.google.fault("calendar.events.insert", "503", times=12)
    booking = await host.book()
    await host.settle(booking.id)
    await move_often(host, booking.id, 9)
    assert host.mails() == [("REQUEST", CARLA)] * 10
    assert host.services.mail.counts.untold == 0


async def test_users_of_the_workspace_are_not_counted(host: HostWithCalendar) -> None:
    await put_records(host.store, a_write("user", a_user(id="other", email="max@host.test")))
    await host.connect()
    booking = await host.book(email="Max+me@host.test")
    await host.settle(booking.id)
    await move_often(host, booking.id, 12)
    assert len(host.mails()) == 13


async def test_the_workspaces_own_budget_is_not_that_of_confirmations_of_one_time_links(
    host: HostWithCalendar,
) -> None:
    snapshot = await read_snapshot(host.store, WORKSPACE, Wanted(records=(("settings", "-"),)))
    version = snapshot.version("settings", "-")
    await put_records(host.store, a_write("settings", some_settings(mails_per_day=1), version=version))
    await host.connect()
    first = await host.book(email="a@guest.test")
    second = await host.book(start=NOW + 2 * DAY, email="b@guest.test")
    link = a_link()
    await put_links(host.store, link)
    third = await host.book(start=NOW + 3 * DAY, link=link.id)
    for booking in first, second, third:
        await host.settle(booking.id)
    assert host.mails() == [("REQUEST", "a@guest.test"), ("REQUEST", CARLA)]
    await move_often(host, third.id, 1)
    assert len(host.mails()) == 2
    await host.check(first.id, second.id, third.id)


async def test_guests_whom_the_host_added_count_and_rooms_do_not(host: HostWithCalendar) -> None:
    booking = await host.book()
    snapshot = await read_snapshot(host.store, WORKSPACE, Wanted(records=(("settings", "-"),)))
    room = {"email": "room@resource.test", "resource": True}
    owner = {"email": "ada@gmail.test", "self": True, "organizer": True}
    friend = {"email": "friend@guest.test"}

    async def told(sequence: int, *attendees: Mapping[str, Any]) -> bool:
        changed = msgspec.structs.replace(booking, sequence=sequence)
        return await may_tell(host.services, snapshot, changed, "event", attendees)

    for sequence in range(10):
        assert await told(sequence, owner, room, friend)
    assert not await told(10, {"email": CARLA}, friend)
    assert await told(11, {"email": CARLA}, owner, room)
    assert await told(12, owner, room)
