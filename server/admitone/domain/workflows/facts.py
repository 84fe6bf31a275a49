"""What the steps of a run are decided on: the contact, the run's link and its booking, as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from admitone.domain.availability.zones import zone, zone_names
from admitone.domain.bookings.booking import Status
from admitone.domain.contacts.contact import Contact
from admitone.domain.links.link import LinkState

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link


class LinkFacts(msgspec.Struct, frozen=True):
    """A one-time link at one moment; whoever booked by it has also opened it."""

    state: LinkState
    is_opened: bool = False


class BookingFacts(msgspec.Struct, frozen=True):
    """A booking at one moment; times are epoch seconds."""

    status: Status
    start: int
    end: int


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a run at `now` (epoch seconds); times of day are those of `zone`.

    `link` is the newest that this run made, else the one of the trigger. `booking` is the last one of that
    link, else the one of the trigger. Each is None if there is none.
    """

    now: int
    contact: Contact
    zone: ZoneInfo
    link: LinkFacts | None = None
    booking: BookingFacts | None = None


def link_facts(link: Link, now: int, *, available: bool) -> LinkFacts:
    """The link at `now`; `available` says whether its target can be booked at all."""
    state = link.state(now, available=available)
    return LinkFacts(state, link.opened_at is not None or state is LinkState.BOOKED)


def booking_facts(booking: Booking, now: int) -> BookingFacts:
    """The booking at `now`."""
    return BookingFacts(booking.status_at(now), booking.start, booking.end)


def run_zone(contact: Contact, *others: str | None) -> ZoneInfo:
    """The zone of a run's times of day: the contact's, else the first known of `others`, else UTC."""
    known = (name for name in (contact.timezone, *others) if name in zone_names())
    return zone(next(known, "UTC"))
