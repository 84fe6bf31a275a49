"""A master page: a pool of Hanna and Max (`user` and `max`), with Olga as their guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import Reassignment
from admitone.domain.pages.master_page import MasterPage, Reference, Rule
from admitone.domain.pages.pool import Member, Pool
from admitone.store.codes import Code
from admitone.store.records.book import Order
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.bookings.booking_reassign import reassign_booking
from admitone.usecases.shared.services import Caller
from tests.support.factories import NOW, WORKSPACE, a_booking, a_booking_page, a_user
from tests.support.store.actions import a_write, put_records, the_booking, try_book

if TYPE_CHECKING:
    from typing import Any

    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import Store
    from admitone.usecases.shared.services import Services

MAX, OLGA, THEA = "member@acme.test", "olga@beta.test", "thea@beta.test"


async def put_master_page(store: Store, *records: tuple[str, Any]) -> None:
    """Write the master page, its rule and its people besides Hanna, whose records exist already."""
    hosts = [Member("page"), Member("page-of-max")]
    guests = [Member("page-of-olga"), Member("page-of-thea")]
    pools = [
        Pool(id=name, created_at=NOW, name=name, method="round_robin", members=members)
        for name, members in (("hosts", hosts), ("guests", guests))
    ]
    rule = Rule("event-type", Reference(pool="hosts"), [Reference(pool="guests")])
    master = MasterPage(
        id="master", created_at=NOW, title="Talk to us", slug="us", rule_type="dynamic", rules=[rule]
    )
    people = {"max": MAX, "olga": OLGA, "thea": THEA}
    await put_records(
        store,
        *(a_write("user", a_user(id=name, email=email, name=name.title())) for name, email in people.items()),
        *(a_write("booking_page", a_booking_page(id=f"page-of-{name}", owner=name)) for name in people),
        *(a_write("pool", pool) for pool in pools),
        a_write("user", a_user(id="boss", role="administrator", name="Boss", email="boss@host.test")),
        a_write("master_page", master),
        *(a_write(kind, record) for kind, record in records),
    )


async def book_with_guest(store: Store, *, start: int, **data: Any) -> Booking:
    """A booking of Hanna's, with Olga as guest; `data` is what was agreed."""
    booking = a_booking(start=start, page="master")
    booking = msgspec.structs.replace(booking, data=msgspec.structs.replace(booking.data, **data))
    users = ["user", "max", "olga"]
    answer = await try_book(
        store,
        booking,
        users=users,
        places=[[0, 1], [2]],
        orders=[Order("round_robin", users[:2], [0, 0]), Order("round_robin", users[2:], [0])],
        pages=["page", "page-of-max", "page-of-olga"],
    )
    assert (answer.code, answer.rest) == (Code.OK, [b"user,olga"])
    return await the_booking(store, booking.id)


async def reassign(
    services: Services, booking: Booking, host: str, *, instead_of: str | None = None, by: str = "boss"
) -> None:
    """Somebody gives a place of the booking to another host."""
    wanted = Wanted(booking=booking.id, records=(("user", by),))
    snapshot = await read_snapshot(services.store, WORKSPACE, wanted)
    body = Reassignment(host=host, instead_of=instead_of, reason="Somebody is ill")
    await reassign_booking(services, Caller(snapshot, snapshot.find("user", by)), body)
