"""The two passes of a migration over all records: one reads them, the other rewrites them."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

import structlog

from admitone.domain.errors import Busy
from admitone.store.migrations.migration import Record
from admitone.store.migrations.record_kinds import READING_ERRORS, problem_of, problems_of
from admitone.store.migrations.record_scan import KINDS, read_again, rewrite, scan_records
from admitone.store.redis.scan import count_keys
from admitone.store.schema import SchemaError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

    from admitone.sealing import Sealer
    from admitone.store.migrations.migration import Problem, Upgrade, Values
    from admitone.store.migrations.migration_lock import MigrationLock
    from admitone.store.store import Store

    Upgrades = dict[str, list[Upgrade]]
    """The upgrades of each kind of record, in order."""

log = structlog.get_logger()

TELL_EVERY: Final = 5.0
"""Seconds between two log entries about progress."""
LISTED: Final = 20
"""Records that the message of a refusal lists at most."""
ATTEMPTS: Final = 5
"""Attempts at a record that another process rewrites meanwhile."""


async def check_all(
    store: Store, upgrades: Mapping[str, Sequence[Upgrade]], lock: MigrationLock | None = None
) -> None:
    """Read every record as it would be after its upgrades. Without `lock`, only to tell.

    Raises SchemaError, which lists the values that cannot be read.
    """
    count, listed = 0, list[str]()
    async for records in _scanned(store, upgrades, lock, "check"):
        for record in records:
            for problem in _problems(record, upgrades.get(record.kind, ()), store.sealer):
                count += 1
                if len(listed) < LISTED:
                    field = f", {problem.field}" if problem.field else ""
                    listed.append(f"  {record.key}{field}: {problem.reason}")
    if count:
        raise SchemaError(_refusal(count, listed))


async def rewrite_all(store: Store, upgrades: Mapping[str, Sequence[Upgrade]], lock: MigrationLock) -> None:
    """Rewrite every record that its upgrades change. Raises SchemaError if one cannot be upgraded."""
    async for records in _scanned(store, upgrades, lock, "rewrite"):
        changing = [record for record in records if record.kind in upgrades]
        await asyncio.gather(*(_rewrite(store, record, upgrades[record.kind]) for record in changing))


async def _scanned(
    store: Store, upgrades: Mapping[str, Sequence[Upgrade]], lock: MigrationLock | None, step: str
) -> AsyncIterator[list[Record]]:
    """All records in steps; logs progress, and keeps a lock. Nothing if no records change."""
    if not upgrades:
        return
    keys = await count_keys(store)
    done, told = 0, time.monotonic()
    async for examined, records in scan_records(store):
        if lock:
            await lock.keep()
        yield records
        done += examined
        if time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            log.info("migration", step=step, keys=min(done, keys), of=keys)
    log.info("migration", step=step, keys=keys, of=keys)


def _refusal(count: int, listed: Sequence[str]) -> str:
    head = (
        f"Nothing was changed, because this version cannot read {count} of the stored values. Run the "
        "version that wrote them, or repair or delete them:"
    )
    more = [f"  … and {count - LISTED} more"] if count > LISTED else []
    return "\n".join((head, *listed, *more))


def _problems(record: Record, upgrades: Sequence[Upgrade], sealer: Sealer) -> Iterator[Problem]:
    try:
        values = _upgraded(record, upgrades, sealer)
    except READING_ERRORS as error:
        yield problem_of(error)
        return
    if values[0] is not None:
        kind = KINDS[record.kind]
        yield from problems_of(kind, _with(record, values), sealer)


def _upgraded(record: Record, upgrades: Sequence[Upgrade], sealer: Sealer) -> Values:
    """The values after all upgrades; those of the record itself if nothing changes."""
    values = record.values
    for upgrade in upgrades:
        values = upgrade.apply(_with(record, values), sealer)
    return values


def _with(record: Record, values: Values) -> Record:
    return Record(record.kind, record.key, record.workspace, record.id, values)


async def _rewrite(store: Store, record: Record | None, upgrades: Sequence[Upgrade]) -> None:
    for _ in range(ATTEMPTS):
        if record is None or await _written(store, record, upgrades):
            return
        record = await read_again(store, record)
    raise Busy


async def _written(store: Store, record: Record, upgrades: Sequence[Upgrade]) -> bool:
    """Whether the record is up to date now; False if it has changed since it was read."""
    try:
        values = _upgraded(record, upgrades, store.sealer)
    except READING_ERRORS as error:
        problem = problem_of(error)
        raise SchemaError(f"{record.key}, {problem.field}: {problem.reason}") from error
    if values is not record.values:
        write = next((upgrade.write for upgrade in upgrades if upgrade.write), rewrite)
        if not await write(store, record, values):
            return False
    for upgrade in upgrades:
        if upgrade.enter:
            await upgrade.enter(store, record, values)
    return True
