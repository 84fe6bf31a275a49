"""The offered starts of some days, computed once as long as nothing has changed from which they follow.

They follow from the configuration, the hosts' bookings and calendars, the date in the hosts' zones, and from
the present time only in that the notice passes: the first of them fall away.
"""

from __future__ import annotations

import asyncio
from array import array
from typing import TYPE_CHECKING

from admitone.domain.availability import zones
from admitone.domain.availability.blocks import notice_start
from admitone.domain.availability.decision import offered_slots
from admitone.store.records.readers import read_occupied, read_occupied_changes
from admitone.store.records.start_cache import KeptStarts
from admitone.usecases.times.occupied_case import booked_ranges, busy_of_users, case_with, occupied_case
from admitone.usecases.times.turns import shown_in_turn

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services
    from admitone.usecases.times.availability import Offer
    from admitone.usecases.times.occupied_case import BusyOfUsers

FEW = 100
"""So many bookings are read along with the number of their changes, so that a change costs no second trip."""


async def offered_starts(
    services: Services, snapshot: Snapshot, offer: Offer, start: int, end: int
) -> Sequence[int]:
    """The offered starts in [start, end), sorted; raises CalendarUnreachable if no calendar can be read."""
    if any(place.lists_one_member for place in offer.places):  # then they follow from the turns, too
        case = await occupied_case(services, snapshot.workspace, offer, start, end)
        found = offered_slots(case, start, end)
        return [slot.start for slot in await shown_in_turn(snapshot, offer, case, found, start, end)]
    return await _remembered(services, snapshot, offer, start, end)


async def _remembered(
    services: Services, snapshot: Snapshot, offer: Offer, start: int, end: int
) -> Sequence[int]:
    """As `offered_starts`. Every request reads how often the hosts' time has changed, with the calendars."""
    store, workspace, now = services.store, snapshot.workspace, services.now()
    cache = store.starts  # taken before the trip: see `read_snapshot`
    question = _question(workspace, offer, start, end)
    ranges = booked_ranges(offer, start, end)
    users = tuple(user for user, _, _ in ranges)
    kept, occupied = cache.find(question), None
    reading = busy_of_users(services, workspace, offer, start, end, now)
    if kept is not None and users in snapshot.changes:
        changes, busy = snapshot.changes[users], await reading
    elif kept is not None and kept.entries > FEW:
        changes, busy = await asyncio.gather(read_occupied_changes(store, workspace, users), reading)
    else:
        occupied, busy = await asyncio.gather(read_occupied(store, workspace, ranges), reading)
        changes = occupied.changes
    snapshot.changes[users] = changes
    since, rest = notice_start(offer.slots, now), (snapshot.counter, _dates(offer, now), busy)
    if kept is not None and (found := kept.starting(since, (changes, rest))) is not None:
        return found
    if occupied is None:
        occupied = await read_occupied(store, workspace, ranges)
        snapshot.changes[users] = occupied.changes
    case = case_with(offer, now, occupied, busy)
    starts = array("q", [slot.start for slot in offered_slots(case, start, end)])
    cache.keep(question, KeptStarts((occupied.changes, rest), since, starts, occupied.entries, _weight(busy)))
    return starts


def _question(workspace: str, offer: Offer, start: int, end: int) -> Hashable:
    """What is asked; whatever else the answer follows from is in its proof."""
    pages = tuple(tuple(each.page.id for each in place.candidates) for place in offer.places)
    moving = offer.moving.id if offer.moving else None
    return workspace, pages, offer.event_type, offer.slots, moving, start, end


def _dates(offer: Offer, now: int) -> list[int]:
    """Today in the zone of each host: a window of rolling days ends by it."""
    return [zones.date_at(each.page.hours.zone, now) for each in offer.candidates]


def _weight(busy: BusyOfUsers) -> int:
    """How many starts take as much memory as the question and its proof, roughly."""
    return 64 + sum(32 + 16 * len(known or ()) for known in busy.values())
