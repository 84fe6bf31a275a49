"""Let go of parked jobs: have them tried again, or discard them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import NotFound
from admitone.store.parked import count_parked, list_parked, read_parked, release

if TYPE_CHECKING:
    from admitone.usecases.services import Caller, Services

AT_ONCE = 500


class Released(msgspec.Struct, frozen=True):
    """How many jobs were let go of."""

    released: int


async def retry_job(services: Services, caller: Caller, job: str) -> Released:
    """Have one parked job tried again, from its first attempt; raises NotFound."""
    return await _release_one(services, caller, job, again=True)


async def retry_jobs(services: Services, caller: Caller) -> Released:
    """Have all that are parked now tried again."""
    store, workspace = services.store, caller.workspace
    rest = await count_parked(store, workspace)
    released = 0
    while rest > 0 and (records := await list_parked(store, workspace, 0, min(AT_ONCE, rest))):
        released += await release(store, workspace, records, again=True)
        rest -= len(records)  # those that fail at once are parked anew, and left alone
    return Released(released)


async def discard_job(services: Services, caller: Caller, job: str) -> Released:
    """Give one parked job up; raises NotFound."""
    return await _release_one(services, caller, job, again=False)


async def _release_one(services: Services, caller: Caller, job: str, *, again: bool) -> Released:
    records = await read_parked(services.store, caller.workspace, [job])
    if not records or not await release(services.store, caller.workspace, records, again=again):
        raise NotFound
    return Released(1)
