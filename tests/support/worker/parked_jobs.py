"""The jobs that failed for good, as the store keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.keys import parked
from admitone.store.outbox.parked import read_parked
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from admitone.store.outbox.parked import Parked
    from admitone.store.store import Store


async def parked_jobs(store: Store, workspace: str = WORKSPACE) -> list[Parked]:
    """The parked jobs of a workspace, the newest first."""
    times = parked(store.keys(workspace).partition, workspace).times
    ids: Any = await store.client.zrevrange(times, 0, -1)
    return await read_parked(store, workspace, [found.decode() for found in ids])
