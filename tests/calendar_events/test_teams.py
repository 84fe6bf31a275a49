"""A panel's event: in the organiser's calendar with the others as guests, then in that of who takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import Reassignment
from admitone.domain.calendar_event import event_id
from admitone.domain.master_page import MasterPage, Reference, Rule
from admitone.domain.pool import Member, Pool
from admitone.store.booking_store import Order
from admitone.store.codes import Code
from admitone.store.snapshot import Wanted, read_snapshot
from admitone.usecases.booking_reassign import reassign_booking
from admitone.usecases.services import Caller
from tests.calendar_events.desk import ADA, DAY, NOW
from tests.factories import WORKSPACE, a_booking, a_booking_page, a_user, an_event_type
from tests.store.doing import a_write, put_records, try_book, try_cancel

if TYPE_CHECKING:
    from tests.calendar_events.desk import Desk

CARLA, MAX, OLGA = "carla@customer.test", "member@acme.test", "olga@beta.test"


async def test_organiser_and_guests_are_right_and_follow_a_reassignment(desk: Desk) -> None:
    await _furnish(desk)
    await desk.connect()
    await desk.connect("max", MAX)
    booking = a_booking(start=NOW + DAY, page="master")
    users = ["user", "max", "olga"]
    answer = await try_book(
        desk.store,
        booking,
        users=users,
        places=[[0, 1], [2]],
        orders=[Order("round_robin", users[:2], [0, 0]), Order("round_robin", users[2:], [0])],
        pages=["page", "page-of-max", "page-of-olga"],
    )
    assert (answer.code, answer.rest) == (Code.OK, [b"user,olga"])
    await desk.settle(booking.id)
    [event] = desk.events()
    assert [one["email"] for one in event["attendees"]] == [CARLA, OLGA]
    assert desk.events(MAX) == []

    await _reassign(desk, booking.id, Reassignment(host="max"))
    await desk.settle(booking.id)
    assert desk.events() == []
    [event] = desk.events(MAX)
    assert event["id"] == event_id(booking.id, 1)
    assert [one["email"] for one in event["attendees"]] == [CARLA, OLGA]

    await try_cancel(desk.store, await desk.booking(booking.id))
    await desk.settle(booking.id)
    assert (desk.events(ADA), desk.events(MAX)) == ([], [])


async def _furnish(desk: Desk) -> None:
    """A pool of the desk's host and Max, with Olga as their guest."""
    pool = Pool(
        id="pool",
        created_at=NOW,
        name="Hosts",
        method="round_robin",
        members=[Member("page"), Member("page-of-max")],
    )
    rule = Rule("event-type", Reference(pool="pool"), [Reference(page="page-of-olga")])
    master = MasterPage(
        id="master", created_at=NOW, title="Talk to us", slug="us", rule_type="dynamic", rules=[rule]
    )
    await put_records(
        desk.store,
        a_write("user", a_user(id="max", email=MAX, name="Max")),
        a_write("user", a_user(id="olga", email=OLGA, name="Olga")),
        a_write("booking_page", a_booking_page(id="page-of-max", owner="max")),
        a_write("booking_page", a_booking_page(id="page-of-olga", owner="olga")),
        a_write("event_type", an_event_type()),
        a_write("pool", pool),
        a_write("master_page", master),
    )


async def _reassign(desk: Desk, booking: str, body: Reassignment) -> None:
    wanted = Wanted(booking=booking, records=(("user", "user"),))
    snapshot = await read_snapshot(desk.store, WORKSPACE, wanted)
    await reassign_booking(desk.services, Caller(snapshot, snapshot.find("user", "user")), body)
