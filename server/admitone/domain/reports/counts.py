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
    link: Link, share: LinkShare, figure: Figure, span: Span | None = None, at: int | None = None
) -> Iterator[Count]:
    """What one figure of a link adds; with `span`, the time from its creation to `at` too."""
    for dimension, key in _link_places(link, share):
        yield Count(dimension, share.day, figure, key)
    if span is not None and at is not None:
        yield Count("total", share.day, f"{span}.{bucket_of(at - link.created_at)}")


def all_link_counts(link: Link, share: LinkShare) -> Iterator[Count]:
    """What a link adds as it is."""
    yield from link_counts(link, share, "made")
    if link.fetched_at is not None:
        yield from link_counts(link, share, "fetched")
    if link.opened_at is not None:
        yield from link_counts(link, share, "opened", "to_open", link.opened_at)
    if link.first_booked_at is not None:
        yield from link_counts(link, share, "booked", "to_book", link.first_booked_at)


def booking_counts(booking: Booking, share: BookingShare) -> Iterator[Count]:
    """What all that was counted of a booking adds."""
    for entry in share.entries:
        yield from entry_counts(booking, share, entry)


def entry_counts(booking: Booking, share: BookingShare, entry: Entry) -> Iterator[Count]:
    """What one entry of a booking's share adds."""
    figure = FIGURE_OF[entry.what]
    for dimension, key in _booking_places(booking, share, entry):
        yield Count(dimension, entry.day, figure, key, entry.number)
    if entry.what is What.SCHEDULED:
        yield Count("total", entry.day, f"lead.{entry.detail}", number=entry.number)
        if booking.pages:
            for user in entry.users:
                yield Count("member", entry.day, figure, f"{member_keys(booking)}{user}")
    if entry.what is What.CANCELLED:
        yield Count("canceller", entry.day, figure, entry.detail, entry.number)


def member_keys(booking: Booking) -> str:
    """How the keys of a master page's users begin."""
    return f"{booking.page}/{booking.event_type}/"


def _link_places(link: Link, share: LinkShare) -> Iterator[tuple[Dimension, str]]:
    yield "total", ""
    yield "page", link.page
    if link.event_type:
        yield "event_type", link.event_type
    yield "host", link.created_by
    yield "channel", link.channel
    if share.workflow:
        yield "workflow", share.workflow
    yield from _domain(share.mark, link.email)


def _booking_places(booking: Booking, share: BookingShare, entry: Entry) -> Iterator[tuple[Dimension, str]]:
    yield "total", ""
    yield "page", booking.page
    yield "event_type", booking.event_type
    for user in entry.users:
        yield "host", user
    yield "channel", share.channel
    if share.workflow:
        yield "workflow", share.workflow
    yield from _domain(share.mark, booking.data.email)


def _domain(mark: Mark, email: str | None) -> Iterator[tuple[Dimension, str]]:
    if mark is not Mark.NONE:
        yield "domain", (domain_of(email) or OTHER) if mark is Mark.APART else OTHER
