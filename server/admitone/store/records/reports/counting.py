"""What links and bookings add to the counters of reports, for the scripts that write them."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.reports.counts import (
    BookingFacts,
    LinkFacts,
    canceller,
    domain_of,
    entry_counts,
    facts_of_booking,
    facts_of_link,
    link_counts,
    member_keys,
)
from admitone.domain.reports.figures import month_of, place_of
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
from admitone.store.records.reports.additions import Added, Additions, Counting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.domain.reports.counts import Count
    from admitone.domain.reports.figures import Figure, Span
    from admitone.store.keys import WorkspaceKeys


def link_figure(
    keys: WorkspaceKeys, link: Link, figure: Figure, span: Span | None = None, at: int | None = None
) -> Counting:
    """For a script that adds to one figure of a link; to none if what the link contributed is not known."""
    share = read_link_share(link.counted) if link.counted else None
    bucket = 0 if at is None else bucket_of(at - link.created_at)
    counts = link_counts(facts_of_link(link), share, figure, span, bucket) if share else ()
    return Additions(counts).counting(keys, counted=link.counted)


def new_links(keys: WorkspaceKeys, links: Sequence[Link], day: date, workflow: str | None = None) -> Counting:
    """For a script that makes links of one page and user on one day; each link is told by `new_link_part`."""
    if len(links) > 1:
        return _with_links(keys, Additions(), links, LinkShare(Mark.NONE, day, workflow))
    [link] = links
    return _new_link(keys, link.page, link.event_type, link.created_by, link.channel, day, workflow)


def new_link_part(link: Link, day: date, workflow: str | None = None) -> dict[str, Any]:
    """What include/new_link.lua has to know of one link."""
    domain = domain_of(link.email)
    share = LinkShare(Mark.NONE, day, workflow)
    part = {"counted": link_share_text(share), "made": place_of("made", day)}
    return part | {"domain": domain} if domain else part


def new_booking(
    keys: WorkspaceKeys, booking: Booking, link: Link | None, day: date, *, now: int, is_shared: bool
) -> Counting:
    """For the script that books, which chooses the users; `is_shared` if the page is a master page.

    A link's first booking counts for the link too, if what that contributed is known.
    """
    counted = link.counted if link else None
    is_first = link is not None and link.first_booked_at is None and not link.bookings
    first = None
    if link and counted and is_first:
        first = _First(facts_of_link(link), bucket_of(now - link.created_at))
    same = _new_booking(
        keys,
        BookingFacts(booking.page, booking.event_type, None, is_shared),
        link.channel if link else GENERAL,
        counted,
        Entry(What.SCHEDULED, day, (), str(bucket_of(booking.start - booking.data.created_at))),
        first,
    )
    own = {
        "domain": domain_of(booking.data.email) or "",
        "link_counted": counted,
        "is_first": True if is_first else None,
    }
    return Counting(same.keys, same.arguments | own)


class _First(msgspec.Struct, frozen=True):
    """A link that is booked for the first time, and the bucket of the time since it was made."""

    facts: LinkFacts
    bucket: int


@lru_cache(maxsize=1024)
def _new_booking(
    keys: WorkspaceKeys,
    facts: BookingFacts,
    channel: str,
    link_counted: str | None,
    entry: Entry,
    first: _First | None,
) -> Counting:
    """What a new booking adds whoever its users are: the same for many on one day."""
    of_link = read_link_share(link_counted) if link_counted else None
    share = BookingShare(Mark.NONE, channel, of_link.workflow if of_link else None, (entry,))
    additions = Additions(entry_counts(facts, share, entry))
    if of_link and first:
        additions.add(link_counts(first.facts, of_link, "booked", "to_book", first.bucket))
    month = month_of(entry.day)
    by_name, by_domain = (additions.place(month, is_domain=is_domain) for is_domain in (False, True))
    counting = additions.counting(
        keys,
        by_name=by_name,
        by_domain=by_domain,
        scheduled=place_of("scheduled", entry.day),
        member=f"member:{member_keys(facts)}" if facts.is_shared else None,
        counted=booking_share_text(share, ()),
    )
    counting.keys["domains"] = keys.report_domains(month)
    return counting


@lru_cache(maxsize=1024)
def _new_link(
    keys: WorkspaceKeys,
    page: str,
    event_type: str | None,
    user: str,
    channel: str,
    day: date,
    workflow: str | None,
) -> Counting:
    """What one new link adds, apart from its domain: the same for all links of a page on one day."""
    facts, share = LinkFacts(page, event_type, user, channel, None), LinkShare(Mark.NONE, day, workflow)
    additions = Additions(link_counts(facts, share, "made"))
    additions.place(month_of(day), is_domain=True)
    return _with_domains(keys, additions.added(), month_of(day))


def booking_change(
    keys: WorkspaceKeys,
    booking: Booking,
    what: What,
    day: date,
    *,
    takes: What | None = None,
) -> Counting:
    """For a script that changes a booking: what is counted, and what is taken off the day of its last time.

    Nothing is counted of a booking of which it is not known what it contributed.
    """
    additions, texts = _change(booking, what, day, takes=takes)
    return additions.counting(keys, **texts)


def cancellation(keys: WorkspaceKeys, booking: Booking, event: Event, day: date) -> Counting:
    """For a script that cancels a booking by `event`; after the start it is a figure of its own."""
    additions, texts = _cancellation(booking, event, day)
    return additions.counting(keys, **texts)


def renewal(keys: WorkspaceKeys, booking: Booking, event: Event, link: Link, day: date) -> Counting:
    """For the script that cancels a booking by `event` and makes a link for its customer."""
    additions, texts = _cancellation(booking, event, day)
    return _with_links(keys, additions, [link], LinkShare(Mark.NONE, day), **texts)


def booking_undone(
    keys: WorkspaceKeys, booking: Booking, what: What, *, again: tuple[What, date] | None
) -> Counting:
    """For a script that takes back what happened last: it is taken off its day, and `again` is counted."""
    if booking.counted is None:
        return not_counted()
    share = read_booking_share(booking.counted, booking.users)
    additions, after, facts = Additions(), share, facts_of_booking(booking)
    if (last := share.last(what)) is not None:
        additions.add(taken(entry_counts(facts, share, last)))
        after = share.without(last)
    if again is not None:
        entry = Entry(*again, tuple(booking.users))
        additions.add(entry_counts(facts, share, entry))
        after = after.added(entry)
    return additions.counting(keys, **_texts(booking, after))


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
    return Counting({"counters": [], "rows": []}, {"added": [], "counted": None, "recounted": None})


def _with_links(
    keys: WorkspaceKeys, additions: Additions, links: Sequence[Link], share: LinkShare, **texts: str | None
) -> Counting:
    for link in links:
        additions.add(link_counts(facts_of_link(link), share, "made"))
    additions.place(month_of(share.day), is_domain=True)
    return _with_domains(keys, additions.added(), month_of(share.day), **texts)


def _with_domains(keys: WorkspaceKeys, added: Added, month: str, **texts: str | None) -> Counting:
    """For a script that counts the domains of a month itself: `added` has their table."""
    counting = added.counting(keys, by_domain=added.place(month, is_domain=True), **texts)
    counting.keys["domains"] = keys.report_domains(month)
    return counting


def _cancellation(booking: Booking, event: Event, day: date) -> tuple[Additions, dict[str, str | None]]:
    if event.at >= booking.start:
        return _change(booking, What.CANCELLED_AFTER_START, day)
    return _change(booking, What.CANCELLED, day, canceller(event))


def _change(
    booking: Booking,
    what: What,
    day: date,
    detail: str = "",
    takes: What | None = None,
) -> tuple[Additions, dict[str, str | None]]:
    """What is added, and what the booking has contributed before and after."""
    if booking.counted is None:
        return Additions(), {}
    share = read_booking_share(booking.counted, booking.users)
    entry = Entry(what, day, tuple(booking.users), detail)
    facts = facts_of_booking(booking)
    additions, after = Additions(entry_counts(facts, share, entry)), share
    if takes is not None and (last := share.last(takes)) is not None:
        additions.add(taken(entry_counts(facts, share, last)))
        after = share.without(last)
    return additions, _texts(booking, after.added(entry))


def _texts(booking: Booking, after: BookingShare) -> dict[str, str | None]:
    return {"counted": booking.counted, "recounted": after.mark + booking_share_text(after, booking.users)}


def _day_after(day: date) -> str:
    return (day + timedelta(days=1)).isoformat()


def taken(counts: Iterable[Count]) -> list[Count]:
    """What takes these counts off again."""
    return [msgspec.structs.replace(count, number=-count.number) for count in counts]
