"""Who would get the next booking of a master page, and why: its order now, for people who ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.distribution import Standing
from admitone.domain.event_type import EventType
from admitone.domain.master_page import MasterPage, Reference
from admitone.domain.target import Candidate, Place, Target
from admitone.store.readers import read_turns
from admitone.usecases.config_list import all_config
from admitone.usecases.target_read import read_targets
from admitone.usecases.turns import standings

if TYPE_CHECKING:
    from admitone.domain.pool import Pool
    from admitone.usecases.services import Caller, Services


class Queue(msgspec.Struct, frozen=True):
    """One place of a master page and event type (0 is the primary), and who is tried for it, in order.

    `reference` is what its rule names, None where rules are static.
    """

    page: MasterPage
    event_type: EventType
    number: int
    place: Place
    order: Sequence[tuple[Candidate, Standing]]
    reference: Reference | None = None

    def turn(self, standing: Standing) -> int:
        """Where a member stands in a round robin."""
        return standing.tally.turn(correction=self.place.correction)

    def is_drawn(self, standing: Standing) -> bool:
        """Whether a lot decides between this member and another: nobody's turn comes before the other's."""
        by_priority = self.place.method == "pooled_priority"
        equal = [
            other
            for _, other in self.order
            if other.tally.order == standing.tally.order
            and (not by_priority or other.priority == standing.priority)
        ]
        return self.place.method != "round_robin" and len(equal) > 1


async def page_queues(caller: Caller, page: MasterPage) -> list[Queue]:
    """The order for each place of each event type of a master page."""
    return await _queues(caller, [page])


async def pool_queues(services: Services, caller: Caller, pool: Pool) -> list[Queue]:
    """The order of a pool's members wherever rules in force name it: turns are counted for each of these."""
    pages = await all_config(services, caller, "master_page", lambda page: page.is_dynamic)
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
    references: list[Reference | None] = [None]
    for rule in page.rules if page.is_dynamic else ():
        if rule.event_type == event_type.id:
            references = [rule.primary, *rule.additional]
    places = target.places[event_type.id]
    return [
        Queue(page, event_type, number, place, standings(place, turns), reference)
        for number, (place, reference) in enumerate(zip(places, references, strict=True))
    ]
