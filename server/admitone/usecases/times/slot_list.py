"""List the times that a link offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound, invalid
from admitone.domain.pages.master_page import MasterPage
from admitone.texts.message import message
from admitone.usecases.links.visit import open_visit
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.times.availability import Offer, OfferedTimes, SlotQuery, list_slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.links.target import Target
    from admitone.domain.pages.event_type import EventType
    from admitone.usecases.shared.services import Caller, Services


async def list_visit_slots(services: Services, address: str, query: SlotQuery) -> OfferedTimes:
    """The offered times.

    Raises Invalid, LinkNotFound, LinkBooked and the other states, CalendarUnreachable; in this order. A wrong
    event type is reported last, since only an active link has event types.
    """
    query.check()
    visit, now = await open_visit(services, address), services.now()
    target, event_types = visit.offered(now)
    event_type = chosen_event_type(event_types, query.event_type)
    return await list_slots(services, visit.snapshot, page_offer(target, event_type), query)


async def list_page_slots(services: Services, caller: Caller, page_id: str, query: SlotQuery) -> OfferedTimes:
    """The offered times of a page that the caller shares; raises NotFound, Invalid, CalendarUnreachable."""
    query.check()
    target = await read_target(caller.snapshot, page_id)
    if target is None or not target.page.enabled:
        raise NotFound
    event_type = chosen_event_type(target.offered(), query.event_type)
    return await list_slots(services, caller.snapshot, page_offer(target, event_type), query)


def page_offer(target: Target, event_type: EventType) -> Offer:
    """The input for computing the times of a page's event type."""
    return Offer(
        places=target.places[event_type.id],
        event_type=event_type.id,
        slots=event_type.time_slots,
        timezone=target.timezone(event_type.id),
        master_page=target.page.id if isinstance(target.page, MasterPage) else None,
    )


def chosen_event_type(event_types: Sequence[EventType], wanted: str | None) -> EventType:
    """The requested event type, or the only one if the request names none. Raises Invalid."""
    if wanted is None:
        if len(event_types) == 1:
            return event_types[0]
        raise invalid("event_type", message("Choose one of the event types."))
    for event_type in event_types:
        if event_type.id == wanted:
            return event_type
    raise invalid("event_type", message("This page does not offer this event type."))
