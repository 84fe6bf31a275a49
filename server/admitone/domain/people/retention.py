"""How long a workspace keeps bookings and links after their end (docs/rules/personal-data.md)."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link

MONTHS = 12


def kept_since(months: int, now: int) -> int:
    """The time (epoch seconds) so many calendar months before `now`, in UTC.

    Where that month is too short for the day, its last day counts.
    """
    today = datetime.fromtimestamp(now, UTC)
    year, month = divmod(today.year * MONTHS + today.month - 1 - months, MONTHS)
    day = min(today.day, monthrange(year, month + 1)[1])
    return int(today.replace(year=year, month=month + 1, day=day).timestamp())


def link_end(link: Link, bookings: Iterable[Booking]) -> int | None:
    """When the link came to its end: its last booking, its revocation or its expiry; None if it never will.

    `bookings` are those of its bookings that are not erased yet.
    """
    if link.booked:
        return max((booking.end for booking in bookings), default=link.created_at)
    return link.revoked_at if link.revoked_at is not None else link.expires_at
