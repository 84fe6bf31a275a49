"""The records of the stories: links and bookings with ids that follow from their numbers; their events."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.commands.demo_history.site import Site
from admitone.commands.demo_history.story import MINUTE, MINUTES
from admitone.domain import tokens
from admitone.domain.bookings.booking import Booking, BookingData
from admitone.domain.event import Event
from admitone.domain.links.link import Link
from admitone.sealing import Sealer
from admitone.store.records.book import BookingTime
from admitone.store.records.documents import seal_manage_token

if TYPE_CHECKING:
    from admitone.commands.demo_history.story import LinkStory, Story


class Records(msgspec.Struct, frozen=True):
    """Makes the records of a site's stories."""

    site: Site
    sealer: Sealer

    def link(self, told: LinkStory) -> Link:
        """The link as it was made."""
        code, place = self._token("link", told.number, tokens.CODE_LENGTH), self.site.places[told.page]
        return Link(
            id=tokens.link_id(code),
            page=place.page,
            created_by=place.hosts[told.number % len(place.hosts)],
            created_at=told.made,
            code=code,
            channel=told.channel,
            event_type=None if told.event_type is None else self.site.event_types[told.event_type].id,
            expires_at=told.expires,
            name=told.person.name if told.person else None,
            email=told.person.email if told.person else None,
        )

    def booking_id(self, told: Story) -> str:
        """The booking's id."""
        return tokens.booking_id(self._manage_token(told))

    def booking(self, told: Story) -> Booking:
        """The booking as it was made; its users are chosen when it is written."""
        token, event_type = self._manage_token(told), self.site.event_types[told.event_type]
        booking_id, person = tokens.booking_id(token), told.person
        data = BookingData(
            created_at=told.booked,
            name=person.name,
            email=person.email,
            timezone=person.timezone,
            event_type_name=event_type.name,
            location=event_type.location,
            policy=event_type.policy,
            manage=seal_manage_token(self.site.workspace, booking_id, token, self.sealer),
        )
        slots = event_type.time_slots
        return Booking(
            id=booking_id,
            status="scheduled",
            start=told.start,
            end=told.start + MINUTES[told.event_type] * MINUTE,
            before=slots.before,
            after=slots.after,
            event_type=event_type.id,
            page=self.site.places[told.page].page,
            users=(),
            sequence=0,
            data=data,
            link=self.link(told.link).id if told.link else None,
        )

    def _manage_token(self, told: Story) -> str:
        return self._token("booking", told.number, tokens.MANAGE_TOKEN_LENGTH)

    def _token(self, kind: str, number: int, length: int) -> str:
        """The same token in each run; anybody can compute it, which is fit for a demo alone."""
        digest = hashlib.sha256(f"demo {kind} {self.site.workspace} {number}".encode()).digest()
        return self.site.workspace + tokens.encode(digest, length - len(self.site.workspace))


LinkEvent = Literal["link.created", "link.opened", "link.revoked", "link.expired"]


def link_event(type_: LinkEvent, link: Link, at: int, by: str) -> Event:
    """An event of a link."""
    channel = link.channel if type_ == "link.created" else None
    return Event(type=type_, at=at, by=by, link=link.id, page=link.page, channel=channel)


def time_at(booking: Booking, start: int) -> BookingTime:
    """The booking's time if it starts at `start`."""
    end = start + booking.end - booking.start
    return BookingTime(start, end, booking.before, booking.after, booking.event_type)
