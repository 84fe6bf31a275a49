"""Cases of the scripts of reports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.reports.shares import LinkShare, Mark, read_booking_share
from admitone.store.records.reports.recount import recount_booking, recount_link
from tests.support.factories import NOW, WORKSPACE
from tests.support.store.actions import put_booking, put_link, the_link
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

REPORTS = Cases()


@REPORTS.add("recount", "record domains counters")
async def count_a_booked_link_under_another_month(store: Store) -> Act:
    link = await put_link(store, email="ann@customer.test", event_type="event-type")
    await put_booking(store, link=link.id)
    found = await the_link(store, link.id)
    share = LinkShare(Mark.NONE, date(2026, 10, 31), "workflow")
    return lambda: recount_link(store, WORKSPACE, found, share, NOW)


@REPORTS.add("recount", "record counters")
async def count_a_booking_under_another_day(store: Store) -> Act:
    booking = await put_booking(store)
    assert booking.counted
    share = read_booking_share(booking.counted, booking.users)
    later = msgspec.structs.replace(share.entries[0], day=date(2026, 11, 19))
    share = msgspec.structs.replace(share, entries=(later,))
    return lambda: recount_booking(store, WORKSPACE, booking, share)
