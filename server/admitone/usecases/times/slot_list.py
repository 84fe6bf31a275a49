"""List the times that a link or a page offers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability import zones
from admitone.domain.availability.days import local_range
from admitone.domain.availability.decision import LONGEST
from admitone.domain.availability.schedule_hours import joined
from admitone.domain.calendar.busy import clipped
from admitone.domain.errors import NotFound, invalid
from admitone.domain.instant import Instant
from admitone.domain.pages.master_page import MasterPage
from admitone.store.records.readers import read_occupied
from admitone.texts.message import message
from admitone.usecases.links.visit import open_visit
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.times.availability import Offer, OfferedTimes, SlotQuery, list_slots
from admitone.usecases.times.busy_times import cached_busy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.links.target import Target
    from admitone.domain.pages.event_type import EventType
    from admitone.usecases.shared.services import Caller, Services


class PageTimes(msgspec.Struct, frozen=True):
    """The offered times, and when the caller is busy on the asked days: sorted, disjoint, without titles."""

    offered: OfferedTimes
    busy: list[tuple[Instant, Instant]]


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


async def list_page_slots(services: Services, caller: Caller, page_id: str, query: SlotQuery) -> PageTimes:
    """The offered times of a page that the caller shares; raises NotFound, Invalid, CalendarUnreachable."""
    query.check()
    target = await read_target(caller.snapshot, page_id)
    if target is None or not target.page.enabled:
        raise NotFound
    event_type = chosen_event_type(target.offered(), query.event_type)
    found = await list_slots(services, caller.snapshot, page_offer(target, event_type), query)
    # Afterwards: if the caller is a host of the page, Google's answer is in the cache now.
    return PageTimes(found, await _busy(services, caller, found.timezone, query))


async def _busy(
    services: Services, caller: Caller, timezone: str, query: SlotQuery
) -> list[tuple[Instant, Instant]]:
    """The caller's bookings, and the busy time of their calendars as far as it is in the cache."""
    workspace, user = caller.workspace, caller.user.id
    start, end = local_range(zones.zone(timezone), query.first, query.last)
    # Both read from Redis; asked together, they share one trip.
    occupied, busy = await asyncio.gather(
        read_occupied(services.store, workspace, [(user, start - LONGEST, end)]),
        cached_busy(services, workspace, user, start, end),
    )
    [mine] = occupied.times
    booked = clipped([(each.start, each.end) for each in mine], start, end)
    return [(Instant(first), Instant(last)) for first, last in joined([*booked, *busy])]


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
