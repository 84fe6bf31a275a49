"""What many links and bookings of one day add alike is made once, and each keeps what is its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.store.keys import WorkspaceKeys
from admitone.store.records.reports.counting import new_booking, new_links
from tests.support.factories import NOW, WORKSPACE, a_booking, a_link

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking

KEYS = WorkspaceKeys(WORKSPACE, 256)
DAY = date(2026, 11, 23)


def booking_for(email: str) -> Booking:
    """A booking of a customer with this address."""
    booking = a_booking()
    return msgspec.structs.replace(booking, data=msgspec.structs.replace(booking.data, email=email))


def test_a_booking_has_its_own_domain_and_link() -> None:
    fresh = a_link(counted="-20261123")
    booked = msgspec.structs.replace(fresh, first_booked_at=NOW)
    first = new_booking(KEYS, booking_for("ada@one.test"), fresh, DAY, now=NOW, is_shared=False)
    before = msgspec.msgpack.encode(first.arguments)
    second = new_booking(KEYS, booking_for("eve@two.test"), booked, DAY, now=NOW, is_shared=False)
    third = new_booking(KEYS, booking_for("eve@two.test"), None, DAY, now=NOW, is_shared=False)
    found = [
        (each.arguments["domain"], each.arguments["is_first"], each.arguments["link_counted"])
        for each in (first, second, third)
    ]
    assert found == [
        ("one.test", True, "-20261123"),
        ("two.test", None, "-20261123"),
        ("two.test", None, None),
    ]
    assert msgspec.msgpack.encode(first.arguments) == before


def test_a_day_a_page_and_a_workspace_are_counted_apart() -> None:
    link = a_link()
    same = new_links(KEYS, [link], DAY)
    assert new_links(KEYS, [a_link()], DAY) == same
    later = new_links(KEYS, [link], date(2026, 12, 1))
    elsewhere = new_links(WorkspaceKeys("ZZZZ", 256), [link], DAY)
    of_a_page = new_links(KEYS, [msgspec.structs.replace(link, page="p" * 16)], DAY)
    assert len({msgspec.json.encode(each) for each in (same, later, elsewhere, of_a_page)}) == 4
