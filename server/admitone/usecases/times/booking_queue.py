"""Who would get the next booking of a master page, and why: its order now, for people who ask."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.distribution import Standing
from admitone.domain.availability.groups import can_fill
from admitone.domain.links.target import Candidate, Place, Target
from admitone.domain.pages.event_type import EventType
from admitone.domain.pages.master_page import MasterPage, Reference
from admitone.domain.pages.pool import Pool
from admitone.store.records.readers import read_turns
from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.usecases.pages.target_read import read_targets
from admitone.usecases.shared.records import all_records
from admitone.usecases.times.turns import standings

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class Queue(msgspec.Struct, frozen=True):
    """One place of a master page and event type (0 is the primary), and who is tried for it, in order.

    `reference` is what its rule names, None where rules are static, and `pool` the pool, where it is one. Who
    is `elsewhere` cannot take this place: without them another one of the same booking could not be filled.
    """

    page: MasterPage
    event_type: EventType
    number: int
    place: Place
    order: Sequence[tuple[Candidate, Standing]]
    reference: Reference | None = None
    pool: Pool | None = None
    elsewhere: Collection[str] = ()

    @property
    def first(self) -> list[str]:
        """The users who are tried first: one, or those among whom a lot decides."""
        there = [standing for _, standing in self.order if standing.user not in self.elsewhere]
        return [each.user for each in there if each is there[0] or self._is_equal(each, there[0])]

    def turn(self, standing: Standing) -> int:
        """Where a member stands in a round robin."""
        return standing.tally.turn(correction=self.place.correction)

    def is_drawn(self, standing: Standing) -> bool:
        """Whether a lot decides between this member and another: nobody's turn comes before the other's."""
        return any(
            other is not standing and other.user not in self.elsewhere and self._is_equal(other, standing)
            for _, other in self.order
        )

    def _is_equal(self, one: Standing, other: Standing) -> bool:
        if self.place.method == "pooled_priority" and one.priority != other.priority:
            return False
        return self.place.method != "round_robin" and one.tally.order == other.tally.order


async def page_queues(caller: Caller, page: MasterPage) -> list[Queue]:
    """The order for each place of each event type of a master page."""
    return await _queues(caller, [page])


async def pool_queues(services: Services, caller: Caller, pool: Pool) -> list[Queue]:
    """The order of a pool's members wherever rules in force name it: turns are counted for each of these."""
    pages = await all_records(services, caller, MASTER_PAGES, lambda page: page.is_dynamic)
    return [
        queue for queue in await _queues(caller, pages) if queue.reference and queue.reference.pool == pool.id
    ]


async def _queues(caller: Caller, pages: Sequence[MasterPage]) -> list[Queue]:
    targets = await read_targets(caller.snapshot, [page.id for page in pages])
    found: list[Queue] = []
    for page in pages:
        if (target := targets[page.id]) is not None:
            for event_type in target.event_types:
                found += await _of_event_type(caller, page, target, event_type)
    return found


async def _of_event_type(
    caller: Caller, page: MasterPage, target: Target, event_type: EventType
) -> list[Queue]:
    snapshot = caller.snapshot
    turns = await read_turns(snapshot.store, snapshot.workspace, page.id, event_type.id)
    places, references = target.places[event_type.id], page.references(event_type.id)
    needed = _needed_elsewhere(places)
    return [
        Queue(
            page,
            event_type,
            number,
            place,
            standings(place, turns),
            reference,
            snapshot.find("pool", reference.pool) if reference and reference.pool else None,
            needed[number],
        )
        for number, (place, reference) in enumerate(zip(places, references, strict=True))
    ]


def _needed_elsewhere(places: Sequence[Place]) -> list[set[str]]:
    """For each place the users who could take it, were they not needed for another one."""
    options = [[each.owner.id for each in place.candidates] for place in places]
    if not can_fill(options):
        return [set() for _ in options]
    return [
        {user for user in users if not can_fill([*options[:number], [user], *options[number + 1 :]])}
        for number, users in enumerate(options)
    ]
