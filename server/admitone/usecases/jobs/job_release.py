"""Let go of parked jobs: have them tried again, or discard them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import NotFound
from admitone.store.keys import parked
from admitone.store.outbox.parked import read_parked, release
from admitone.store.records.google_connections import read_connection
from admitone.store.records.index import read_index
from admitone.usecases.shared.google_grant import is_usable

if TYPE_CHECKING:
    from collections.abc import Callable

    from admitone.store.outbox.parked import Parked
    from admitone.store.records.index import IndexEntry
    from admitone.usecases.shared.services import Caller, Services

AT_ONCE = 500


class Released(msgspec.Struct, frozen=True):
    """How many jobs were let go of."""

    released: int


async def retry_job(services: Services, caller: Caller, job: str) -> Released:
    """Have one parked job tried again, from its first attempt; raises NotFound."""
    return await _release_one(services, caller, job, again=True)


async def retry_jobs(services: Services, caller: Caller) -> Released:
    """Have all that are parked now tried again."""
    return Released(await _release_all(services, caller.workspace, lambda _: True))


async def retry_waiting(services: Services, workspace: str, user: str) -> None:
    """Have all tried again that waited for this user to see to their Google account."""
    await _release_all(services, workspace, lambda record: record.waits_for == user)


async def retry_unless_it_waits(services: Services, workspace: str, record: Parked) -> None:
    """Have a job tried again that was parked at the moment when what it waits for came.

    Whoever saw to their account just then released what was parked before, and not this one.
    """
    if record.waits_for is None:
        return
    connection = await read_connection(services.store, workspace, record.waits_for)
    if connection is None or is_usable(services, workspace, connection):
        await release(services.store, workspace, [record], again=True)


async def discard_job(services: Services, caller: Caller, job: str) -> Released:
    """Give one parked job up; raises NotFound."""
    return await _release_one(services, caller, job, again=False)


async def _release_all(services: Services, workspace: str, is_wanted: Callable[[Parked], bool]) -> int:
    """Have the wanted ones of those that are parked now tried again, the oldest first; answers how many.

    What fails at once is parked anew behind the others, and keeps none of them back.
    """
    store = services.store
    times = parked(store.keys(workspace).partition, workspace).times
    newest = await read_index(store, times, after=None, limit=1, newest_first=True)
    released = 0
    after: IndexEntry | None = None
    while newest and (
        found := await read_index(
            store, times, after=after, limit=AT_ONCE, newest_first=False, high=newest[0].score
        )
    ):
        records = await read_parked(store, workspace, [entry.id for entry in found])
        released += await release(store, workspace, list(filter(is_wanted, records)), again=True)
        after = found[-1]
    return released


async def _release_one(services: Services, caller: Caller, job: str, *, again: bool) -> Released:
    records = await read_parked(services.store, caller.workspace, [job])
    if not records or not await release(services.store, caller.workspace, records, again=again):
        raise NotFound
    return Released(1)
