"""Say of each time of one day whether a page offers it, and if not, why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import zones
from admitone.domain.availability import offered_slots
from admitone.domain.availability_days import local_days, local_range
from admitone.domain.availability_explain import SENTENCES, explain
from admitone.domain.errors import NotFound
from admitone.usecases.occupied_case import occupied_case
from admitone.usecases.slot_list import chosen_event_type, page_offer
from admitone.usecases.target_read import read_target

if TYPE_CHECKING:
    from admitone.usecases.services import Caller, Services

NOT_SHOWN = "Free, but hidden: the event type shows only so many times a day."


class ExplainedTime(msgspec.Struct, frozen=True):
    """A time on the grid (epoch seconds); `why` is a sentence, None for what customers see."""

    start: int
    why: str | None


class ExplainedDay(msgspec.Struct, frozen=True):
    """The grid of one date in the schedule's zone; no times where the schedule has no hours."""

    date: date
    timezone: str
    times: list[ExplainedTime]


async def explain_day(
    services: Services, caller: Caller, page_id: str, event_type: str | None, day: date
) -> ExplainedDay:
    """Every time on the grid that day.

    Raises NotFound for the page, Invalid for the event type, CalendarUnreachable.
    """
    target = await read_target(caller.snapshot, page_id)
    if target is None:
        raise NotFound
    offer = page_offer(target, chosen_event_type(target.event_types, event_type))
    zone = zones.zone(offer.timezone)
    start, end = local_range(zone, day, day)
    case = await occupied_case(services, caller.workspace, offer, start, end)
    offered = offered_slots(case, start, end)
    shown = {
        slot.start for each in local_days(offered, zone, offer.slots.max_shown_per_day) for slot in each.slots
    }
    times = [ExplainedTime(slot.start, None if slot.start in shown else NOT_SHOWN) for slot in offered]
    times += [ExplainedTime(missed.start, SENTENCES[missed.why]) for missed in explain(case, start, end)]
    return ExplainedDay(day, offer.timezone, sorted(times, key=lambda each: each.start))
