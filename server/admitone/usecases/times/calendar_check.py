"""Ask Google just before booking whether a time is free in its users' calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.availability.case import TimeSlots
from admitone.domain.availability.decision import busy_range
from admitone.domain.calendar.busy import without
from admitone.domain.errors import CalendarUnreachable, SlotTaken
from admitone.usecases.times.busy_times import Way, forget_busy_times, known_busy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.availability.schedule_hours import Interval
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.errors import Refusal
    from admitone.store.records.book import Limits
    from admitone.usecases.shared.services import Services

WAYS: tuple[Way, ...] = ("unchecked", "cached", "checked")


class CalendarCheck(msgspec.Struct, frozen=True):
    """Users who are busy at that time, or whose calendar cannot be read.

    `way` is the least certain answer about the other users; None if none of them has a calendar.
    """

    busy: frozenset[str] = frozenset()
    way: Way | None = None
    is_partial: bool = False
    """Whether a candidate's calendar could not be read."""

    @property
    def doubt(self) -> Literal["cached", "unchecked"] | None:
        """The record of the check in a booking that was made without an answer from Google."""
        return None if self.way == "checked" else self.way

    def taken(self) -> Refusal:
        """The refusal if the script finds no free user: the cause may be a calendar that cannot be read."""
        return CalendarUnreachable() if self.is_partial else SlotTaken()

    def closing(self, users: Sequence[str], limits: Limits, start: int) -> Limits:
        """The limits, with a limit of 0 bookings at `start` for each busy user.

        So the script refuses in its own order: an operation applied before, the link, then taken time.
        """
        none_then = (int(start), int(start) + 1, 0)
        return [
            [*limit, none_then] if user in self.busy else limit
            for user, limit in zip(users, limits, strict=True)
        ]


async def check_calendars(
    services: Services,
    workspace: str,
    users: Sequence[str],
    slots: TimeSlots,
    start: int,
    *,
    own: Sequence[Interval] = (),
) -> CalendarCheck:
    """Ask about a slot at `start` with its buffers; `own` is the present time of the booking that moves.

    Raises CalendarUnreachable if no user's calendar can be read.
    """
    first, last = busy_range(slots, start, start)
    found = await known_busy(services, workspace, users, first, last, is_fresh=True)
    unknown = frozenset(user for user, known in found.items() if known is None)
    if unknown and len(unknown) == len(found):
        raise CalendarUnreachable
    busy = frozenset(user for user, known in found.items() if known and without(known.busy, own))
    for user in busy:  # the cache does not know of it yet: it offered this time
        await forget_busy_times(services, workspace, user)
    ways = {known.way for known in found.values() if known}
    return CalendarCheck(busy | unknown, next((way for way in WAYS if way in ways), None), bool(unknown))


async def check_booking(
    services: Services, workspace: str, booking: Booking, users: Sequence[str]
) -> CalendarCheck:
    """As `check_calendars`, for users who would get a booking at its present time."""
    return await check_calendars(services, workspace, users, _own_slots(booking), booking.start)


async def check_move(services: Services, workspace: str, booking: Booking, start: int) -> CalendarCheck:
    """As `check_calendars`, for a booking's users at the time to which it would move."""
    own = [(booking.start, booking.end)]
    return await check_calendars(services, workspace, booking.users, _own_slots(booking), start, own=own)


def _own_slots(booking: Booking) -> TimeSlots:
    """The length and the buffers of a booking."""
    length = booking.end - booking.start
    return TimeSlots(duration=length, increment=length, before=booking.before, after=booking.after)
