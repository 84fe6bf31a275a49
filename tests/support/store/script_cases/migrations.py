"""Cases of the scripts of migrations, and of the processes for which they wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.keys import META
from admitone.store.migrations.migrate import mark
from admitone.store.migrations.migration import Record
from admitone.store.migrations.migration_lock import MigrationLock
from admitone.store.migrations.record_scan import rewrite
from admitone.store.processes import say_alive
from tests.support.factories import WORKSPACE
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

MIGRATIONS = Cases()


@MIGRATIONS.add("migration_lock", "lock")
async def take_the_lock_of_migrations(store: Store) -> Act:
    return lambda: MigrationLock(store).take()


@MIGRATIONS.add("migration_lock", "lock")
async def release_the_lock_of_migrations(store: Store) -> Act:
    lock = MigrationLock(store)
    await lock.take()
    return lock.release


@MIGRATIONS.add("migration_mark", "meta")
async def mark_the_beginning_of_a_migration(store: Store) -> Act:
    await store.client.hset(META, "schema", "1")
    return lambda: mark(store, 1, is_done=False)


@MIGRATIONS.add("migration_mark", "meta")
async def mark_the_end_of_a_migration(store: Store) -> Act:
    await store.client.hset(META, "migrating", "1")
    return lambda: mark(store, 1, is_done=True)


@MIGRATIONS.add("hash_rewrite", "holder")
async def rewrite_a_hash(store: Store) -> Act:
    key = store.keys(WORKSPACE).link("link")
    fields = {b"page": b"page", b"bookings": b"one,two", b"booked": b"two"}
    await store.client.hset(key, mapping=fields)  # type: ignore[arg-type]
    record = Record("link", key, WORKSPACE, "link", [fields])
    new = {b"page": b"page", b"earlier": b"one", b"booked": b"three"}
    return lambda: rewrite(store, record, [new])


@MIGRATIONS.add("process_alive", "processes process")
async def say_that_a_process_is_alive(store: Store) -> Act:
    return lambda: say_alive(store, "2:host:1:abcd")
