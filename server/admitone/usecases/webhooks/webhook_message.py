"""The messages that a webhook's endpoint receives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.links.link import Person

if TYPE_CHECKING:
    from admitone.domain.event import Event
    from admitone.store.records.snapshot import Snapshot
    from admitone.usecases.shared.services import Services


class MessageBooking(msgspec.Struct, frozen=True, kw_only=True):
    """The booking as it is when the message is sent; `host` is a user's id."""

    id: str
    status: str
    event_type: str
    start: Instant
    end: Instant
    timezone: str
    host: str
    person: Person
    guests: Sequence[str]


class MessageData(msgspec.Struct, frozen=True, kw_only=True):
    """What the event is about: ids of link and page, and the booking, null where it is about none.

    `person` is the one that a personalised link is for, `reason` what was given for a change, and
    `previous_start` the start before a booking was moved.
    """

    link: str | None = None
    page: str | None = None
    booking: MessageBooking | None = None
    person: Person | None = None
    reason: str | None = None
    previous_start: Instant | None = None


class WebhookMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message in the form that Standard Webhooks recommends; `timestamp` is when the event happened."""

    type: str
    timestamp: Instant
    data: MessageData


def event_message(services: Services, snapshot: Snapshot, event: Event) -> WebhookMessage:
    """The message of an event; the snapshot holds the event's booking and link."""
    booking, link = snapshot.booking, snapshot.link
    told = None
    if booking is not None:
        told = MessageBooking(
            id=booking.id,
            status=booking.status_at(services.now()),
            event_type=booking.event_type,
            start=Instant(booking.start),
            end=Instant(booking.end),
            timezone=booking.data.timezone,
            host=booking.users[0],
            person=Person(booking.data.name, booking.data.email),
            guests=booking.data.guests,
        )
    data = MessageData(
        link=event.link or (booking.link if booking else None),
        page=event.page or (booking.page if booking else link.page if link else None),
        booking=told,
        person=link.person if link else None,
        reason=event.reason,
        previous_start=None if event.was is None else Instant(event.was),
    )
    return WebhookMessage(type=event.type, timestamp=Instant(event.at), data=data)


def trial_message(event: Event) -> WebhookMessage:
    """A test message, which is about no link and no booking."""
    return WebhookMessage(type="webhook.test", timestamp=Instant(event.at), data=MessageData())
