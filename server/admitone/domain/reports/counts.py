"""Which counters of reports a link or a booking adds to (docs/rules/reports.md)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.reports.figures import OTHER, Dimension, Figure
from admitone.domain.reports.shares import Mark, What
from admitone.domain.reports.spans import bucket_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.domain.reports.figures import Span
    from admitone.domain.reports.shares import BookingShare, Canceller, Entry, LinkShare

FIGURE_OF: dict[What, Figure] = {
    What.SCHEDULED: "scheduled",
    What.RESCHEDULED: "rescheduled",
    What.CANCELLED: "cancelled",
    What.CANCELLED_AFTER_START: "cancelled_after_start",
    What.NO_SHOW: "no_show",
    What.COMPLETED: "completed",
}


class Count(msgspec.Struct, frozen=True):
    """An addition to one counter; `figure` may be a bucket of a time, such as `lead.7`."""

    dimension: Dimension
    day: date
    figure: str
    key: str = ""
    number: int = 1


class LinkFacts(msgspec.Struct, frozen=True):
    """By what a link is counted."""

    page: str
    event_type: str | None
    created_by: str
    channel: str
    domain: str | None


class BookingFacts(msgspec.Struct, frozen=True):
    """By what a booking is counted; `is_shared` if its page is a master page."""

    page: str
    event_type: str
    domain: str | None
    is_shared: bool


def facts_of_link(link: Link) -> LinkFacts:
    """By what a link is counted."""
    return LinkFacts(link.page, link.event_type, link.created_by, link.channel, domain_of(link.email))


def facts_of_booking(booking: Booking) -> BookingFacts:
    """By what a booking is counted, whose users are chosen."""
    return BookingFacts(
        booking.page, booking.event_type, domain_of(booking.data.email), is_shared=bool(booking.pages)
    )


def domain_of(email: str | None) -> str | None:
    """The domain of an address, by which reports count; None if nobody's address is known."""
    return email.rpartition("@")[2].casefold() or None if email else None


def canceller(event: Event) -> Canceller:
    """By whom a booking was cancelled: `google` if its host deleted the calendar event."""
    if event.by == "customer":
        return "customer"
    if event.by == "workflow":
        return "workflow"
    return "google" if event.channel == "google" else "host"


def link_counts(
    facts: LinkFacts, share: LinkShare, figure: Figure, span: Span | None = None, bucket: int = 0
) -> Iterator[Count]:
    """What one figure of a link adds; with `span`, the `bucket` of the time from its creation too."""
    for dimension, key in _link_places(facts, share):
        yield Count(dimension, share.day, figure, key)
    if span is not None:
        yield Count("total", share.day, f"{span}.{bucket}")


def all_link_counts(link: Link, share: LinkShare) -> Iterator[Count]:
    """What a link adds as it is."""
    facts, made = facts_of_link(link), link.created_at
    yield from link_counts(facts, share, "made")
    if link.fetched_at is not None:
        yield from link_counts(facts, share, "fetched")
    if link.opened_at is not None:
        yield from link_counts(facts, share, "opened", "to_open", bucket_of(link.opened_at - made))
    if link.first_booked_at is not None:
        yield from link_counts(facts, share, "booked", "to_book", bucket_of(link.first_booked_at - made))


def booking_counts(booking: Booking, share: BookingShare) -> Iterator[Count]:
    """What all that was counted of a booking adds."""
    facts = facts_of_booking(booking)
    for entry in share.entries:
        yield from entry_counts(facts, share, entry)


def entry_counts(facts: BookingFacts, share: BookingShare, entry: Entry) -> Iterator[Count]:
    """What one entry of a booking's share adds."""
    figure = FIGURE_OF[entry.what]
    for dimension, key in _booking_places(facts, share, entry):
        yield Count(dimension, entry.day, figure, key, entry.number)
    if entry.what is What.SCHEDULED:
        yield Count("total", entry.day, f"lead.{entry.detail}", number=entry.number)
        if facts.is_shared:
            for user in entry.users:
                yield Count("member", entry.day, figure, f"{member_keys(facts)}{user}")
    if entry.what is What.CANCELLED:
        yield Count("canceller", entry.day, figure, entry.detail, entry.number)


def member_keys(facts: BookingFacts) -> str:
    """How the keys of a master page's users begin."""
    return f"{facts.page}/{facts.event_type}/"


def _link_places(facts: LinkFacts, share: LinkShare) -> Iterator[tuple[Dimension, str]]:
    yield "total", ""
    yield "page", facts.page
    if facts.event_type:
        yield "event_type", facts.event_type
    yield "host", facts.created_by
    yield "channel", facts.channel
    if share.workflow:
        yield "workflow", share.workflow
    yield from _domain(share.mark, facts.domain)


def _booking_places(
    facts: BookingFacts, share: BookingShare, entry: Entry
) -> Iterator[tuple[Dimension, str]]:
    yield "total", ""
    yield "page", facts.page
    yield "event_type", facts.event_type
    for user in entry.users:
        yield "host", user
    yield "channel", share.channel
    if share.workflow:
        yield "workflow", share.workflow
    yield from _domain(share.mark, facts.domain)


def _domain(mark: Mark, domain: str | None) -> Iterator[tuple[Dimension, str]]:
    if mark is not Mark.NONE:
        yield "domain", (domain or OTHER) if mark is Mark.APART else OTHER
