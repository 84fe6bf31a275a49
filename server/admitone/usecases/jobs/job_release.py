"""Retry or discard parked jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import NotFound
from admitone.store.keys import parked
from admitone.store.outbox.parked import read_parked, release
from admitone.store.records.credentials.google_connections import read_connection
from admitone.store.records.index import read_index
from admitone.usecases.shared.google_grant import is_usable
from admitone.usecases.shared.index_walk import walk_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from admitone.store.outbox.parked import Parked
    from admitone.usecases.shared.services import Caller, Services


class Released(msgspec.Struct, frozen=True):
    """How many jobs were let go of."""

    released: int


async def retry_job(services: Services, caller: Caller, job: str) -> Released:
    """Retry one parked job, from its first attempt; raises NotFound."""
    return await _release_one(services, caller, job, again=True)


async def retry_jobs(services: Services, caller: Caller) -> Released:
    """Retry all jobs that are parked now."""
    return Released(await _release_all(services, caller.workspace, lambda _: True))


async def retry_waiting(services: Services, workspace: str, user: str) -> None:
    """Retry all jobs that waited for this user to reconnect Google or choose a calendar."""
    await _release_all(services, workspace, lambda record: record.waits_for == user)


async def retry_unless_it_waits(services: Services, workspace: str, record: Parked) -> None:
    """Retry a job that was just parked if the user it waits for has reconnected in the meantime.

    `retry_waiting` released the jobs that were parked before, and missed this one.
    """
    if record.waits_for is None:
        return
    connection = await read_connection(services.store, workspace, record.waits_for)
    if connection is None or is_usable(services, workspace, connection):
        await release(services.store, workspace, [record], again=True)


async def discard_job(services: Services, caller: Caller, job: str) -> Released:
    """Discard one parked job; raises NotFound."""
    return await _release_one(services, caller, job, again=False)


async def _release_all(services: Services, workspace: str, is_wanted: Callable[[Parked], bool]) -> int:
    """Retry the wanted ones of the jobs that are parked now, oldest first; returns how many.

    A job that fails again at once is parked behind the others and does not delay them.
    """
    store = services.store
    times = parked(store.keys(workspace).partition, workspace).times
    newest = await read_index(store, times, after=None, limit=1, newest_first=True)
    if not newest:
        return 0
    released = 0
    async for found in walk_index(store, times, high=newest[0].score):
        records = await read_parked(store, workspace, found)
        released += await release(store, workspace, list(filter(is_wanted, records)), again=True)
    return released


async def _release_one(services: Services, caller: Caller, job: str, *, again: bool) -> Released:
    records = await read_parked(services.store, caller.workspace, [job])
    if not records or not await release(services.store, caller.workspace, records, again=again):
        raise NotFound
    return Released(1)
