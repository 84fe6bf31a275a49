"""Three ways in which the replica becomes the primary; after each, the old primary follows the new one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.support.sizes import size
from tests.support.store.failover.clients import CLIENTS

if TYPE_CHECKING:
    from tests.support.store.failover.clients import Clients
    from tests.support.store.failover.sentinels import SentinelRig


LONGER = size(20, 0)
"""Seconds for which a partition lasts after the failover and some answers."""


async def kill(rig: SentinelRig, _: Clients) -> None:
    """The primary's process dies, and starts again once the replica has taken its place."""
    await asyncio.to_thread(rig.primary.server.kill)
    await rig.promoted()
    await asyncio.to_thread(rig.replica.server.start)
    await rig.ready()


async def planned(rig: SentinelRig, _: Clients) -> None:
    """An administrator asks a Sentinel for a failover."""
    await asyncio.to_thread(rig.ask_for_failover)
    await rig.promoted()
    await rig.ready()


async def partition(rig: SentinelRig, clients: Clients) -> None:
    """The primary and Admit One are cut off from the replica and the Sentinels, and go on for a while."""
    before = clients.ledger.replies
    rig.network.part()
    await rig.promoted()
    await clients.replied(before + CLIENTS * 3 // 2)  # some have repeated a call whose outcome was unknown
    await asyncio.sleep(LONGER)
    rig.network.heal()
    await rig.ready()
