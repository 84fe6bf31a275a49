"""The guests of a booking in its calendar event, and whom Google tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain.budgets import GUEST_BOOKINGS
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.erasures import start_erasure
from admitone.usecases.personal_data.record_erase import erase_guest
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE, a_link, a_user, some_settings
from tests.support.mail.held import use_up_of
from tests.support.store.actions import a_write, put_links, put_records

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from tests.support.calendar_events.host_with_calendar import HostWithCalendar

CARLA, GUS, IDA = "carla@customer.test", "gus@guest.test", "ida@guest.test"


def attendees(host: HostWithCalendar, booking: Booking) -> list[str]:
    """Who is in the booking's event."""
    return sorted(each["email"] for each in host.event(booking)["attendees"])


def news(host: HostWithCalendar) -> list[tuple[str, str]]:
    """The invitations that Google has mailed since the last call, sorted."""
    found = sorted(host.mails())
    host.google.state.data.invitations.clear()
    return found


async def test_guests_are_told_as_the_customer_is(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book(guests=(GUS, IDA))
    await host.settle(booking.id)
    assert attendees(host, booking) == [CARLA, GUS, IDA]
    assert news(host) == [("REQUEST", who) for who in (CARLA, GUS, IDA)]
    await host.move(booking.id, booking.start + HOUR)
    await host.settle(booking.id)
    assert news(host) == [("REQUEST", who) for who in (CARLA, GUS, IDA)]
    await host.cancel(booking.id)
    await host.settle(booking.id)
    assert news(host) == [("CANCEL", who) for who in (CARLA, GUS, IDA)]


async def test_guests_never_get_the_manage_link(host: HostWithCalendar) -> None:
    await host.connect()
    alone, together = await host.book(), await host.book(NOW + 2 * DAY, guests=(GUS,))
    for booking in alone, together:
        await host.settle(booking.id)
    assert "/manage/" in host.event(alone)["description"]  # nothing sends mails
    assert "/manage/" not in str(host.event(together))


async def test_a_host_is_no_guest_as_well(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book(guests=("Hanna@host.test", GUS))
    await host.settle(booking.id)
    assert attendees(host, booking) == [CARLA, GUS]


async def test_of_what_is_beyond_their_budget_one_guest_alone_is_not_told(host: HostWithCalendar) -> None:
    await host.connect()
    await use_up_of(host.store, GUS, NOW)
    booking = await host.book(guests=(GUS, IDA))
    await host.settle(booking.id)
    assert news(host) == [("REQUEST", CARLA), ("REQUEST", IDA)]
    assert attendees(host, booking) == [CARLA, GUS, IDA]
    await host.move(booking.id, booking.start + HOUR)
    await host.settle(booking.id)
    assert news(host) == [("REQUEST", CARLA), ("REQUEST", IDA)]
    assert attendees(host, booking) == [CARLA, GUS, IDA]
    assert host.services.mail.counts.untold == 2
    await host.check(booking.id)
    await host.cancel(booking.id)
    await host.settle(booking.id)
    assert news(host) == [("CANCEL", CARLA), ("CANCEL", IDA)]


async def test_beyond_the_customers_budget_nobody_is_told(host: HostWithCalendar) -> None:
    await host.connect()
    await use_up_of(host.store, CARLA, NOW)
    booking = await host.book(guests=(GUS,))
    await host.settle(booking.id)
    assert news(host) == []
    assert attendees(host, booking) == [CARLA, GUS]


async def test_by_a_general_link_few_bookings_of_a_page_tell_one_person(host: HostWithCalendar) -> None:
    await host.connect()
    for place in range(GUEST_BOOKINGS.most + 1):
        booking = await host.book(NOW + (1 + place) * DAY, email=f"c{place}@guest.test", guests=(GUS,))
        await host.settle(booking.id)
        await host.settle(booking.id)
    told = [who for _, who in news(host)]
    assert told.count(GUS) == GUEST_BOOKINGS.most
    assert len(told) == 2 * GUEST_BOOKINGS.most + 1
    link = a_link()
    await put_links(host.store, link)
    booking = await host.book(NOW + 20 * DAY, guests=(GUS,), link=link.id)
    await host.settle(booking.id)
    assert ("REQUEST", GUS) in news(host)


async def test_guests_have_half_of_the_workspaces_day(host: HostWithCalendar) -> None:
    snapshot = await read_snapshot(host.store, WORKSPACE, Wanted(records=(("settings", "-"),)))
    version = snapshot.version("settings", "-")
    await put_records(host.store, a_write("settings", some_settings(mails_per_day=4), version=version))
    await host.connect()
    booking = await host.book(NOW + 3 * DAY, guests=(GUS, IDA))
    await host.settle(booking.id)
    assert news(host) == [("REQUEST", CARLA), ("REQUEST", GUS)]
    other = await host.book(NOW + 4 * DAY, email="other@customer.test")
    await host.settle(other.id)
    assert news(host) == [("REQUEST", "other@customer.test")]


async def test_users_of_the_workspace_are_not_counted(host: HostWithCalendar) -> None:
    await put_records(host.store, a_write("user", a_user(id="other", email="max@host.test")))
    await use_up_of(host.store, "max@host.test", NOW)
    await host.connect()
    booking = await host.book(guests=("max@host.test",))
    await host.settle(booking.id)
    assert news(host) == [("REQUEST", CARLA), ("REQUEST", "max@host.test")]


@pytest.mark.parametrize("operation", ["insert", "patch"])
async def test_answers_that_are_lost_tell_nobody_twice(host: HostWithCalendar, operation: str) -> None:
    await host.connect()
    await use_up_of(host.store, GUS, NOW)
    booking = await host.book(guests=(GUS, IDA))
    await host.google.fault(f"calendar.events.{operation}", "work_done_answer_lost", times=1)
    await host.settle(booking.id)
    await host.move(booking.id, booking.start + HOUR)
    await host.settle(booking.id)
    assert news(host) == [("REQUEST", CARLA)] * 2 + [("REQUEST", IDA)] * 2
    await host.check(booking.id)


async def test_a_guest_who_is_erased_leaves_the_event_in_silence(host: HostWithCalendar) -> None:
    await host.connect()
    booking = await host.book(guests=(GUS, IDA))
    await host.settle(booking.id)
    news(host)
    await _ask_to_erase_gus(host)
    await host.move(booking.id, booking.start + HOUR)
    await host.settle(booking.id)
    assert attendees(host, booking) == [CARLA, GUS, IDA]
    news(host)
    there = await host.booking(booking.id)
    assert await erase_guest(host.services, WORKSPACE, there, GUS.upper(), erasure="erasure")
    assert attendees(host, booking) == [CARLA, IDA]
    assert news(host) == []
    assert (await host.booking(booking.id)).data.guests == (IDA,)
    await host.move(booking.id, booking.start + 2 * HOUR)
    await host.settle(booking.id)
    assert attendees(host, booking) == [CARLA, IDA]


async def test_an_event_that_is_written_during_an_erasure_leaves_the_guest_out(
    host: HostWithCalendar,
) -> None:
    await host.connect()
    booking = await host.book(guests=(GUS, IDA))
    await _ask_to_erase_gus(host)
    await host.settle(booking.id)
    assert attendees(host, booking) == [CARLA, IDA]


async def _ask_to_erase_gus(host: HostWithCalendar) -> None:
    """The erasure begins; its job has not run."""
    await start_erasure(
        host.store,
        WORKSPACE,
        "erasure",
        GUS,
        by="user",
        now=NOW,
        job="erasure.run 0ABC rerasure",
        requested=False,
    )
