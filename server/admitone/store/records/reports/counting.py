"""What scripts are told to add to the counters of reports: their hashes, and the fields in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.reports.counts import canceller, domain_of, entry_counts, link_counts, member_keys
from admitone.domain.reports.figures import field_name, month_of
from admitone.domain.reports.shares import (
    GENERAL,
    BookingShare,
    Entry,
    LinkShare,
    Mark,
    What,
    booking_share_text,
    link_share_text,
    read_booking_share,
    read_link_share,
)
from admitone.domain.reports.spans import bucket_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.domain.reports.counts import Count
    from admitone.domain.reports.figures import Dimension, Figure, Span
    from admitone.store.keys import WorkspaceKeys


class Counting(msgspec.Struct):
    """Keys and arguments that a script gets besides its own."""

    keys: dict[str, str | Sequence[str] | None]
    arguments: dict[str, Any]


def added(keys: WorkspaceKeys, counts: Iterable[Count]) -> Counting:
    """The keys `counters` and the argument `added` of include/figures.lua."""
    hashes: dict[tuple[Dimension, str], Counter[str]] = {}
    for count in counts:
        fields = hashes.setdefault((count.dimension, month_of(count.day)), Counter())
        fields[field_name(count.figure, count.day, count.key)] += count.number
    return Counting(
        {"counters": [keys.report(*each) for each in hashes]},
        {
            "added": [
                [part for field, number in fields.items() if number for part in (field, number)]
                for fields in hashes.values()
            ]
        },
    )


def link_figure(
    keys: WorkspaceKeys, link: Link, figure: Figure, span: Span | None = None, at: int | None = None
) -> Counting:
    """For a script that adds to one figure of a link; to none if what the link contributed is not known."""
    share = read_link_share(link.counted) if link.counted else None
    counting = added(keys, link_counts(link, share, figure, span, at) if share else ())
    return Counting(counting.keys, {"counted": link.counted, **counting.arguments})


def new_links(keys: WorkspaceKeys, links: Sequence[Link], day: date, workflow: str | None = None) -> Counting:
    """For a script that makes links of one page and user on one day; each link is told by `new_link_part`."""
    share = LinkShare(Mark.NONE, day, workflow)
    counting = added(keys, (count for link in links for count in link_counts(link, share, "made")))
    return Counting({**counting.keys, **_domain_keys(keys, day)}, counting.arguments)


def new_link_part(link: Link, day: date, workflow: str | None = None) -> dict[str, str]:
    """What include/new_link.lua has to know of one link."""
    domain = domain_of(link.email)
    share = LinkShare(Mark.NONE, day, workflow)
    part = {"counted": link_share_text(share), "made": field_name("made", day, "")}
    return part | {"domain": domain} if domain else part


def new_booking(
    keys: WorkspaceKeys, booking: Booking, link: Link | None, day: date, *, now: int, is_shared: bool
) -> Counting:
    """For the script that books, which chooses the users; `is_shared` if the page is a master page.

    A link's first booking counts for the link too, if what that contributed is known.
    """
    of_link = read_link_share(link.counted) if link and link.counted else None
    lead = str(bucket_of(booking.start - booking.data.created_at))
    entry = Entry(What.SCHEDULED, day, (), lead)
    workflow = of_link.workflow if of_link else None
    share = BookingShare(Mark.NONE, link.channel if link else GENERAL, workflow, (entry,))
    counts = list(entry_counts(booking, share, entry))
    is_first = link is not None and link.first_booked_at is None and not link.bookings
    if link and of_link and is_first:
        counts += link_counts(link, of_link, "booked", "to_book", now)
    counting, month = added(keys, counts), month_of(day)
    return Counting(
        {
            **counting.keys,
            **_domain_keys(keys, day),
            "host_counters": keys.report("host", month),
            "member_counters": keys.report("member", month) if is_shared else None,
        },
        {
            **counting.arguments,
            "scheduled": field_name("scheduled", day, ""),
            "member": member_keys(booking) if is_shared else None,
            "domain": domain_of(booking.data.email) or "",
            "counted": booking_share_text(share, ()),
            "link_counted": link.counted if link else None,
            "is_first": True if is_first else None,
        },
    )


def booking_change(
    keys: WorkspaceKeys,
    booking: Booking,
    what: What,
    day: date,
    *,
    detail: str = "",
    takes: What | None = None,
) -> Counting:
    """For a script that changes a booking: what is counted, and what is taken off the day of its last time.

    Nothing is counted of a booking of which it is not known what it contributed.
    """
    if booking.counted is None:
        return not_counted()
    share = read_booking_share(booking.counted, booking.users)
    entry = Entry(what, day, tuple(booking.users), detail)
    counts = list(entry_counts(booking, share, entry))
    after = share
    if takes is not None and (last := share.last(takes)) is not None:
        counts += taken(entry_counts(booking, share, last))
        after = share.without(last)
    return _changed(added(keys, counts), booking, after.added(entry), booking.users)


def cancellation(keys: WorkspaceKeys, booking: Booking, event: Event, day: date) -> Counting:
    """For a script that cancels a booking by `event`; after the start it is a figure of its own."""
    if event.at >= booking.start:
        return booking_change(keys, booking, What.CANCELLED_AFTER_START, day)
    return booking_change(keys, booking, What.CANCELLED, day, detail=canceller(event))


def both(one: Counting, other: Counting) -> Counting:
    """For a script that does two things: hashes and counters of both."""
    counters = [*one.keys["counters"], *other.keys["counters"]]  # type: ignore[misc]
    parts = [*one.arguments["added"], *other.arguments["added"]]
    return Counting(
        {**one.keys, **other.keys, "counters": counters}, {**one.arguments, **other.arguments, "added": parts}
    )


def booking_undone(
    keys: WorkspaceKeys, booking: Booking, what: What, *, again: tuple[What, date] | None
) -> Counting:
    """For a script that takes back what happened last: it is taken off its day, and `again` is counted."""
    if booking.counted is None:
        return not_counted()
    share = read_booking_share(booking.counted, booking.users)
    after = share
    counts: list[Count] = []
    if (last := share.last(what)) is not None:
        after = share.without(last)
        counts += taken(entry_counts(booking, share, last))
    if again is not None:
        entry = Entry(*again, tuple(booking.users))
        counts += entry_counts(booking, share, entry)
        after = after.added(entry)
    return _changed(added(keys, counts), booking, after, booking.users)


def booking_handed(booking: Booking, users: Sequence[str]) -> dict[str, Any]:
    """For the script that gives a place to another user: what was counted stays that of the users then."""
    if booking.counted is None:
        return {"counted": None, "recounted": None}
    share = read_booking_share(booking.counted, booking.users)
    return {"counted": booking.counted, "recounted": share.mark + booking_share_text(share, users)}


def link_past(link: Link) -> str | None:
    """The day after all that a link contributed, such as `2026-11-30`; None if it contributed nothing."""
    return _day_after(read_link_share(link.counted).day) if link.counted else None


def booking_past(booking: Booking) -> str | None:
    """The day after all that a booking contributed; None if it contributed nothing."""
    if booking.counted is None:
        return None
    share = read_booking_share(booking.counted, booking.users)
    return _day_after(max(entry.day for entry in share.entries))


def not_counted() -> Counting:
    """For a script that counts nothing, because it is not known what its record contributed."""
    return Counting({"counters": []}, {"added": [], "counted": None, "recounted": None})


def _changed(counting: Counting, booking: Booking, after: BookingShare, users: Sequence[str]) -> Counting:
    recounted = after.mark + booking_share_text(after, users)
    return Counting(counting.keys, {**counting.arguments, "counted": booking.counted, "recounted": recounted})


def _day_after(day: date) -> str:
    return (day + timedelta(days=1)).isoformat()


def taken(counts: Iterable[Count]) -> list[Count]:
    """What takes these counts off again."""
    return [msgspec.structs.replace(count, number=-count.number) for count in counts]


def _domain_keys(keys: WorkspaceKeys, day: date) -> dict[str, str]:
    month = month_of(day)
    return {"domain_counters": keys.report("domain", month), "domains": keys.report_domains(month)}
