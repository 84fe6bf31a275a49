"""What a link leads to: a booking page with its owner and event types, as far as they are there."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from admitone.domain.booking_page import BookingPage
from admitone.domain.event_type import EventType
from admitone.domain.user import User


class Target(msgspec.Struct, frozen=True):
    """A page and what it needs; `event_types` are those of the page that exist, in its order."""

    page: BookingPage
    owner: User | None
    event_types: Sequence[EventType]

    def offered(self, only: str | None = None) -> list[EventType]:
        """The event types that can be booked at present, or the one of them that a link is for."""
        if not self.page.enabled or self.owner is None or not self.owner.active:
            return []
        return [event_type for event_type in self.event_types if only in (None, event_type.id)]


def is_available(target: Target | None, event_type: str | None) -> bool:
    """Whether a link to `target` (None: deleted) for this event type (None: any) can be booked at all."""
    return target is not None and bool(target.offered(event_type))
