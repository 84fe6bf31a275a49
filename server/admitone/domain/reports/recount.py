"""What a link or a booking contributes to reports, as it follows from its record, in the zone of today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.availability.zones import date_at
from admitone.domain.bookings.booking import LIVE
from admitone.domain.reports.counts import canceller
from admitone.domain.reports.shares import BookingShare, Entry, LinkShare, Mark, What
from admitone.domain.reports.spans import bucket_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link


def recounted_link(link: Link, workflow: str | None, zone: ZoneInfo) -> LinkShare:
    """The share of a link that `workflow` made, if any; its mark is decided elsewhere."""
    return LinkShare(Mark.NONE, _day(zone, link.created_at), workflow)


def recounted_booking(
    booking: Booking, history: Sequence[Event], channel: str, workflow: str | None, zone: ZoneInfo
) -> BookingShare:
    """The share of a booking whose whole history is given; its mark is decided elsewhere."""
    moves = [event for event in history if event.type == "booking.rescheduled"]
    start = moves[0].was if moves and moves[0].was is not None else booking.start
    users = _first_users(booking, history)
    made = booking.data.created_at
    scheduled = Entry(What.SCHEDULED, _day(zone, made), users, str(bucket_of(start - made)))
    share = BookingShare(Mark.NONE, channel, workflow, (scheduled,))
    for event in history:
        day = _day(zone, event.at)
        if event.type == "booking.reassigned":
            users = tuple((event.took or user) if user == event.gave else user for user in users)
        elif event.type == "booking.rescheduled":
            start = event.start if event.start is not None else start
            share = share.added(Entry(What.RESCHEDULED, day, users))
        elif event.type == "booking.cancelled" and event.at < start:
            share = share.added(Entry(What.CANCELLED, day, users, canceller(event)))
        elif event.type == "booking.cancelled":
            share = share.added(Entry(What.CANCELLED_AFTER_START, day, users))
        elif event.type == "booking.no_show":
            share = share.added(Entry(What.NO_SHOW, day, users))
        elif event.type == "booking.no_show_undone" and (taken := share.last(What.NO_SHOW)):
            share = share.without(taken)
    if booking.status in LIVE and booking.is_announced:
        share = share.added(Entry(What.COMPLETED, _day(zone, booking.end), users))
    return share


def _first_users(booking: Booking, history: Sequence[Event]) -> tuple[str, ...]:
    """The users of a booking when it was made."""
    users = list(booking.users)
    for event in reversed(history):
        if event.type == "booking.reassigned" and event.gave and event.took in users:
            users[users.index(event.took)] = event.gave
    return tuple(users)


def _day(zone: ZoneInfo, at: int) -> date:
    return date.fromordinal(date_at(zone, at))
