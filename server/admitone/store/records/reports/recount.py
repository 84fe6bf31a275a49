"""Replaces what links and bookings have contributed to the counters of reports, one record at a time."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.reports.counts import Count, all_link_counts, booking_counts, domain_of
from admitone.domain.reports.figures import month_of, place_of
from admitone.domain.reports.shares import (
    Mark,
    booking_share_text,
    link_share_text,
    read_booking_share,
    read_link_share,
)
from admitone.store.records.reports.additions import Additions
from admitone.store.records.reports.counting import taken
from admitone.store.redis.coalescer import Command
from admitone.store.redis.scan import scan_keys

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.domain.reports.shares import BookingShare, LinkShare
    from admitone.store.codes import Code
    from admitone.store.store import Store

_CONFIG = re.compile(r"ao:\{p\d+\}:([0-9A-Z]{4}):config")


class Recount(msgspec.Struct, frozen=True):
    """How one record is counted anew."""

    record: str
    """The key of its hash."""
    read: dict[str, str | int | None]
    """Fields of the hash as they were read; None is a missing one."""
    text: str
    """What it contributes then, without its mark."""
    mark: Mark | None
    """None if the script finds the domain's place."""
    email: str | None
    day: date
    """Its first day."""
    adds: list[Count]
    takes: list[Count]
    set: list[str]


async def workspace_ids(store: Store) -> list[str]:
    """The ids of all workspaces."""
    return sorted(
        {found[1] async for keys in scan_keys(store) for key in keys if (found := _CONFIG.fullmatch(key))}
    )


async def read_reports_from(store: Store, workspace: str) -> date:
    """The first day of which no link and no booking that was counted has been erased."""
    [text] = await store.send(Command(("HGET", store.keys(workspace).counts, "reports_from")))
    return date.fromisoformat(text.decode()) if text else date.min


async def recount_link(
    store: Store, workspace: str, link: Link, share: LinkShare, first_booked: int | None
) -> Code | None:
    """Count a link by `share`, but for its mark; None if it is counted so already.

    `first_booked` is when it was first booked, as its bookings say: the record of an earlier version did not.
    """
    before = read_link_share(link.counted) if link.counted else None
    mark = _mark(before, before.day if before else None, share.day, link.email)
    now = msgspec.structs.replace(share, mark=mark or Mark.APART)
    if mark is not None and before == now:
        return None
    at = link.first_booked_at or first_booked
    return await _recount(
        store,
        workspace,
        Recount(
            store.keys(workspace).link(link.id),
            {
                "page": link.page,
                "counted": link.counted,
                "fetched": link.fetched_at,
                "opened": link.opened_at,
                "first_booked": link.first_booked_at,
            },
            link_share_text(now),
            mark,
            link.email,
            share.day,
            [*all_link_counts(msgspec.structs.replace(link, first_booked_at=at), now)],
            [*all_link_counts(link, before)] if before else [],
            [] if at is None else ["first_booked", str(at)],
        ),
    )


async def recount_booking(store: Store, workspace: str, booking: Booking, share: BookingShare) -> Code | None:
    """Count a booking by `share`, but for its mark; None if it is counted so already."""
    before = read_booking_share(booking.counted, booking.users) if booking.counted else None
    day, email = share.entries[0].day, booking.data.email
    mark = _mark(before, before.entries[0].day if before else None, day, email)
    now = msgspec.structs.replace(share, mark=mark or Mark.APART)
    if mark is not None and before == now:
        return None
    return await _recount(
        store,
        workspace,
        Recount(
            store.keys(workspace).booking(booking.id),
            {
                "status": booking.status,
                "sequence": booking.sequence or None,
                "users": ",".join(booking.users),
                "completed": 1 if booking.is_announced else None,
                "counted": booking.counted,
            },
            booking_share_text(now, booking.users),
            mark,
            email,
            day,
            [*booking_counts(booking, now)],
            [*booking_counts(booking, before)] if before else [],
            [],
        ),
    )


def _mark(
    before: LinkShare | BookingShare | None, was: date | None, day: date, email: str | None
) -> Mark | None:
    """The mark that stays, or None if the domain has to find its place among those of another month."""
    if not domain_of(email):
        return Mark.NONE
    if before is None or was is None or before.mark is Mark.NONE or month_of(was) != month_of(day):
        return None
    return before.mark


async def _recount(store: Store, workspace: str, recount: Recount) -> Code:
    keys, is_placed = store.keys(workspace), recount.mark is None
    placed = [count for count in recount.adds if count.dimension == "domain"] if is_placed else []
    additions = Additions(taken(recount.takes))
    additions.add(count for count in recount.adds if count not in placed)
    by_domain = [
        [
            additions.place(month_of(count.day), is_domain=True),
            place_of(count.figure, count.day),
            str(count.number),
        ]
        for count in placed
    ]
    counting = additions.counting(
        keys,
        names=list(recount.read),
        values=["" if value is None else str(value) for value in recount.read.values()],
        counted=recount.text,
        mark=recount.mark,
        domain=domain_of(recount.email) if is_placed else None,
        set=recount.set,
        by_domain=by_domain,
    )
    domains = keys.report_domains(month_of(recount.day)) if is_placed else None
    names = {"record": recount.record, "domains": domains, **counting.keys}
    return (await store.call("recount", names, counting.arguments)).code
