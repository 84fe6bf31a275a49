"""Bookings of one user that are close to each other, and whether two of them keep their buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.support.factories import HOUR, NOW, a_booking

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking

START = NOW + 10 * HOUR


slots = st.builds(
    lambda start, minutes, before, after: a_booking(
        start=START + start * 60,
        end=START + (start + minutes) * 60,
        before=before * 60,
        after=after * 60,
        users=["user"],
    ),
    st.integers(0, 60),
    st.integers(1, 20),
    st.integers(0, 10),
    st.integers(0, 10),
)


def keeps_distance(one: Booking, other: Booking) -> bool:
    """Whether two bookings of a user keep at least max(earlier.after, later.before) (docs/rules/time.md)."""
    earlier, later = sorted((one, other), key=lambda booking: booking.start)
    return later.start - earlier.end >= max(earlier.after, later.before)
