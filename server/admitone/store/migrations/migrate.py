"""Brings stored data to the present schema before anything else uses them.

1. Wait until no process of an earlier schema works on the data.
2. Read every record as it would be afterwards. If one cannot be read, refuse to start; nothing has changed.
3. Mark the beginning: from here on, earlier versions refuse to start. Wait again, for one that slipped in.
4. Rewrite the records that change, each by compare and set.
5. Mark the end.

A process that is killed leaves nothing half done: records are rewritten one by one, and each migration
recognises what it has changed before. The next process begins again at 1.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import structlog

from admitone.store.codes import Code
from admitone.store.keys import META
from admitone.store.migrations.all_migrations import MIGRATIONS
from admitone.store.migrations.migration_lock import LockLostError, MigrationLock
from admitone.store.migrations.passes import check_all, rewrite_all
from admitone.store.migrations.waiting import wait_for_older_processes
from admitone.store.schema import SCHEMA, stamp

if TYPE_CHECKING:
    from admitone.store.migrations.passes import Upgrades
    from admitone.store.store import Store

log = structlog.get_logger()

LOOK_EVERY: Final = 1.0
"""Seconds between two looks at a migration that another process runs."""


async def bring_up_to_date(store: Store, stop: asyncio.Event | None = None) -> None:
    """Stamp an empty database; migrate one of an earlier schema, or wait until another process has done so.

    Raises SchemaError: the data have a later schema, other partitions or other secret keys; older servers did
    not end in time; records cannot be read; or `stop` was set meanwhile.
    """
    lock = MigrationLock(store, stop)
    while await stamp(store) != SCHEMA:
        if owner := await lock.take():
            log.info("migration-runs-elsewhere", by=owner)
            await asyncio.sleep(LOOK_EVERY)
            lock.check_stop()
            continue
        try:
            await _migrate(store, lock)
        except LockLostError:
            log.warning("migration-lock-lost")
        finally:
            await lock.release()


async def _migrate(store: Store, lock: MigrationLock) -> None:
    schema = await stamp(store)
    if schema == SCHEMA:  # the process that had the lock before has migrated
        return
    upgrades = upgrades_from(schema)
    await wait_for_older_processes(store, lock)
    await check_all(store, upgrades, lock)
    await mark(store, schema, is_done=False)
    await wait_for_older_processes(store, lock)
    await rewrite_all(store, upgrades, lock)
    await mark(store, schema, is_done=True)
    log.info("migrated", before=schema, now=SCHEMA)


def upgrades_from(schema: int) -> Upgrades:
    """The upgrades of each kind of record, in order."""
    found: Upgrades = {}
    for migration in MIGRATIONS:
        if migration.to > schema:
            for upgrade in migration.upgrades:
                found.setdefault(upgrade.kind, []).append(upgrade)
    return found


async def mark(store: Store, schema: int, *, is_done: bool) -> None:
    """Mark the beginning or the end of the migration from `schema`; raises LockLostError."""
    arguments = {"from": schema, "to": SCHEMA, "is_done": is_done}
    answer = await store.call("migration_mark", {"meta": META}, arguments)
    if answer.code is Code.MOVED:
        raise LockLostError  # another process has migrated meanwhile: look at the stamp again
