"""Build the case of availability from configuration, for lists, bookings and reschedules; list the times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability import zones
from admitone.domain.availability.case import Case, Host, TimeSlots
from admitone.domain.availability.days import Day, local_days, local_range
from admitone.domain.bookings.booking import Booking
from admitone.domain.errors import FieldError, Invalid
from admitone.domain.links.target import Candidate, Place
from admitone.domain.people.time_zone import zone_problems
from admitone.store.records.book import Order
from admitone.texts.message import message
from admitone.usecases.times.occupied_case import UserTime
from admitone.usecases.times.offered_starts import offered_starts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.availability.case import Places
    from admitone.store.records.book import Limits
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

MOST_DAYS = 62


class SlotQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The requested days: inclusive dates in the requested zone, by default the page's."""

    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    timezone: str | None = None
    event_type: str | None = None

    def check(self) -> None:
        """Raise Invalid for impossible days or an unknown zone; the page does not matter."""
        problems = [] if self.timezone is None else zone_problems("timezone", self.timezone)
        if not 1 <= (self.last - self.first).days + 1 <= MOST_DAYS:
            problems.append(FieldError("to", message("Ask for 1 to %(most)s days.", most=MOST_DAYS)))
        if problems:
            raise Invalid(*problems)


class OfferedTimes(msgspec.Struct, frozen=True):
    """The days of `timezone` that have offered times; each takes `duration` seconds."""

    timezone: str
    duration: int
    days: Sequence[Day]


class Seats(msgspec.Struct, frozen=True):
    """The users who can take a time, and for each place the indexes of those who can take it."""

    candidates: Sequence[Candidate]
    places: Sequence[Sequence[int]]

    @property
    def users(self) -> list[str]:
        """The candidates' ids as users."""
        return [each.owner.id for each in self.candidates]


class Offer(msgspec.Struct, frozen=True):
    """The input for computing times: the places of a booking, the settings, and the booking that moves.

    `master_page` is the page that counts turns; None for a booking page.
    """

    places: Sequence[Place]
    event_type: str
    slots: TimeSlots
    timezone: str
    master_page: str | None = None
    moving: Booking | None = None

    @property
    def candidates(self) -> list[Candidate]:
        """The candidates of all places, each booking page once."""
        return list({each.page.id: each for place in self.places for each in place.candidates}.values())

    def case(self, now: int, times: Mapping[str, UserTime] | None = None) -> Case:
        """The case; a host's id is the id of their booking page.

        `times` is the occupied time of each user; users who are missing from it take no place.
        """
        hosts = {each.page.id: self._host(each, times) for each in self.candidates}
        groups = [
            [host for each in place.candidates if (host := hosts[each.page.id])] for place in self.places
        ]
        return Case(self.slots, groups=groups, now=now)

    def limits(self, candidates: Sequence[Candidate], start: int) -> Limits:
        """The limits for a booking at `start`, in the form that the scripts take: a list for each user."""
        return [self._limits(each, start) for each in candidates]

    def seats(self, groups: Places) -> Seats:
        """The users who can take each place; `groups` has the ids of hosts, and each user counts once."""
        pages = {each.page.id: each for each in self.candidates}
        chosen = {pages[host].owner.id: pages[host] for group in groups for host in group}
        users = list(chosen)
        places = [
            list(dict.fromkeys(users.index(pages[host].owner.id) for host in group)) for group in groups
        ]
        return Seats(list(chosen.values()), places)

    def orders(self) -> list[Order]:
        """How the script chooses among the candidates of each place; a single page is a pool of one."""
        return [
            Order(
                method=place.method or "round_robin",
                members=[each.owner.id for each in place.candidates],
                priorities=[each.priority for each in place.candidates],
                correction=place.correction,
            )
            for place in self.places
        ]

    def _host(self, candidate: Candidate, times: Mapping[str, UserTime] | None) -> Host | None:
        page, user = candidate.page, candidate.owner.id
        time = UserTime() if times is None else times.get(user)
        if time is None:
            return None
        return Host(page.id, page.hours, busy=time.busy, booked=time.booked, user=user)

    def _limits(self, candidate: Candidate, start: int) -> list[tuple[int, int, int]]:
        zone = candidate.page.hours.zone
        found = []
        if self.slots.max_per_day is not None:
            found.append((*zones.day_bounds(zone, start), self.slots.max_per_day))
        if self.slots.max_per_week is not None:
            found.append((*zones.week_bounds(zone, start), self.slots.max_per_week))
        return found


async def list_slots(services: Services, snapshot: Snapshot, offer: Offer, query: SlotQuery) -> OfferedTimes:
    """The offered times of the asked days.

    Raises Invalid for impossible days or an unknown zone, CalendarUnreachable if no host's calendar can be
    read.
    """
    query.check()
    name = query.timezone or offer.timezone
    zone = zones.zone(name)
    start, end = local_range(zone, query.first, query.last)
    starts = await offered_starts(services, snapshot, offer, start, end)
    days = local_days(starts, zone, offer.slots.max_shown_per_day)
    return OfferedTimes(name, offer.slots.duration, days)
