"""Asks the nodes of a cluster for its map."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from admitone.store.redis.cluster.slots import parse_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.redis.cluster.address import ClusterAddress
    from admitone.store.redis.cluster.slots import Place, SlotMap

ANSWER_WITHIN = 1.0
"""Seconds for a node to answer; one that hangs delays nobody for longer."""


async def read_map(address: ClusterAddress, places: Sequence[Place]) -> tuple[SlotMap | None, set[Place]]:
    """The newest map that any of these nodes knows, None if none answers; and those that answered.

    All are asked at once: a node that is cut off from the others still names the primary before a failover.
    """
    found = dict(zip(places, await asyncio.gather(*(_ask(address, each) for each in places)), strict=True))
    known = [each for each in found.values() if each is not None]
    newest = max(known, key=lambda each: (each.is_whole, each.epoch), default=None)
    return newest, {place for place, answer in found.items() if answer is not None}


async def _ask(address: ClusterAddress, place: Place) -> SlotMap | None:
    node = address.open(place)
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            facts = await node.execute_command("CLUSTER INFO")  # type: ignore[no-untyped-call]
            slots = await node.execute_command("CLUSTER SLOTS")  # type: ignore[no-untyped-call]
    except (RedisError, OSError):
        return None
    finally:
        await node.aclose()
    return parse_map(place, facts, slots)
