"""From configuration and the store to a case of availability: for the list, the booking and the move."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import zones
from admitone.domain.availability import offered_slots
from admitone.domain.availability_case import Case, Host, TimeSlots
from admitone.domain.availability_days import local_days, local_range
from admitone.domain.booking import Booking
from admitone.domain.booking_page import BookingPage
from admitone.domain.errors import FieldError, Invalid
from admitone.domain.instant import Instant
from admitone.usecases.occupied_case import occupied_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.availability_case import Booked
    from admitone.domain.schedule_hours import Interval
    from admitone.store.booking_store import Limits
    from admitone.store.snapshot import Snapshot
    from admitone.usecases.services import Services

MOST_DAYS = 62


class SlotQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which days are asked for: inclusive dates in the asked zone, which is the page's if left out."""

    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    timezone: str | None = None
    event_type: str | None = None

    def check(self) -> None:
        """Raise Invalid for days or a zone that cannot be, whatever they are asked of."""
        problems = [] if self.timezone is None else zone_problems("timezone", self.timezone)
        if not 1 <= (self.last - self.first).days + 1 <= MOST_DAYS:
            problems.append(FieldError("to", f"Ask for 1 to {MOST_DAYS} days."))
        if problems:
            raise Invalid(*problems)


class SlotView(msgspec.Struct, frozen=True):
    """One offered time."""

    start: Instant
    end: Instant


class DayView(msgspec.Struct, frozen=True):
    """The offered times that start on one date of the asked zone."""

    date: date
    slots: list[SlotView]


class SlotList(msgspec.Struct, frozen=True):
    """The days that have offered times."""

    timezone: str
    days: list[DayView]


class Offer(msgspec.Struct, frozen=True):
    """What times are computed from: a page's hours, a user's time, settings, and the booking that moves."""

    page: BookingPage
    user: str
    event_type: str
    slots: TimeSlots
    moving: Booking | None = None

    def case(self, now: int, booked: Sequence[Booked] = (), busy: Sequence[Interval] = ()) -> Case:
        """The case, with the user's occupied time and busy calendars."""
        host = Host(id=self.user, user=self.user, hours=self.page.hours, busy=busy, booked=booked)
        return Case(self.slots, groups=((host,),), now=now)

    def limits(self, start: int) -> Limits:
        """The limits that a booking at `start` must keep, as the scripts take them: a list for each user."""
        zone = self.page.hours.zone
        of_user = []
        if self.slots.max_per_day is not None:
            of_user.append((*zones.day_bounds(zone, start), self.slots.max_per_day))
        if self.slots.max_per_week is not None:
            of_user.append((*zones.week_bounds(zone, start), self.slots.max_per_week))
        return [of_user]


async def list_slots(services: Services, snapshot: Snapshot, offer: Offer, query: SlotQuery) -> SlotList:
    """The offered times of the asked days.

    Raises Invalid for days or a zone that cannot be, CalendarUnreachable.
    """
    query.check()
    name = query.timezone or offer.page.schedule.timezone
    zone = zones.zone(name)
    start, end = local_range(zone, query.first, query.last)
    found = offered_slots(await occupied_case(services, snapshot.workspace, offer, start, end), start, end)
    length = offer.slots.duration
    return SlotList(
        timezone=name,
        days=[
            DayView(
                day.date, [SlotView(Instant(slot.start), Instant(slot.start + length)) for slot in day.slots]
            )
            for day in local_days(found, zone, offer.slots.max_shown_per_day)
        ],
    )


def zone_problems(field: str, name: str) -> list[FieldError]:
    """What is wrong with the name of a time zone."""
    if name in zones.zone_names():
        return []
    return [FieldError(field, "This is not a time zone; use a name such as Europe/Paris.")]
