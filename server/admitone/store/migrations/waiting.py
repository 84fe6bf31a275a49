"""Waits until no process of an earlier schema works on the data."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

import structlog
from redis.exceptions import ResponseError

from admitone.store.processes import LIFETIME, older_processes
from admitone.store.schema import SchemaError

if TYPE_CHECKING:
    from admitone.store.migrations.migration_lock import MigrationLock
    from admitone.store.store import Store

log = structlog.get_logger()

LOOK_EVERY: Final = 1.0
"""Seconds between two looks."""
TELL_EVERY: Final = 10.0
"""Seconds between two log entries."""
PATIENCE: Final = 600.0
"""Seconds after which the start is given up."""


async def wait_for_older_processes(store: Store, lock: MigrationLock) -> None:
    """Return when none is alive; log which ones are waited for. Raises SchemaError after ten minutes.

    If Redis refuses CLIENT LIST, versions before schema 2 cannot be seen; then this waits for 30 seconds.
    """
    begun, told = time.monotonic(), 0.0
    while True:
        waited = time.monotonic() - begun
        try:
            older = await older_processes(store)
        except ResponseError as error:
            older = ["processes that cannot be seen, because Redis refuses CLIENT LIST"]
            if waited >= LIFETIME:
                log.warning("migration-cannot-see-older-processes", error=str(error))
                return
        if not older:
            return
        if waited > PATIENCE:
            raise SchemaError(
                "Stop the servers and workers of the earlier version first. These still use the data in "
                f"Redis: {', '.join(older)}."
            )
        if not told or time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            log.warning("migration-waits", until_ended=older)
        await asyncio.sleep(LOOK_EVERY)
        await lock.keep()
