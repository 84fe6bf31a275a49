"""An event type as the API shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.pages.event_type import EventType, EventTypeBody

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


class EventTypeView(EventTypeBody, frozen=True, kw_only=True):
    """What was written, with defaults; `increment_minutes` is the one in force."""

    id: str
    url: str
    created_at: Instant


def view_event_type(services: Services, record: EventType) -> EventTypeView:
    """The view of an event type."""
    values = msgspec.structs.asdict(record) | {
        "increment_minutes": record.increment_minutes or record.duration_minutes,
        "url": f"{services.public_url}/api/v1/event-types/{record.id}",
        "created_at": Instant(record.created_at),
    }
    return EventTypeView(**values)
