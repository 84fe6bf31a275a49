"""Only one process migrates at a time. If it dies, its lock expires, and another one goes on.

The lock spares work and is not what keeps data whole: records are rewritten by compare and set, so a process
that lost its lock without noticing does no harm.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from admitone.store.codes import Code
from admitone.store.keys import MIGRATION_LOCK
from admitone.store.processes import process_name, said_plainly
from admitone.store.schema import SchemaError

if TYPE_CHECKING:
    import asyncio

    from admitone.store.store import ScriptAnswer, Store

LIFETIME: Final = 15.0
"""Seconds until the lock expires; it is renewed at a third of them."""


class LockLostError(Exception):
    """Another process took the lock, because this one was suspended for too long."""


class MigrationLock:
    """The lock, as one process uses it. A process that is told to `stop` gives the migration up."""

    def __init__(self, store: Store, stop: asyncio.Event | None = None) -> None:
        self._store = store
        self._stop = stop
        self._owner = process_name()
        self._taken_at = 0.0

    async def take(self) -> str | None:
        """Take the lock, or renew it. Returns None on success, else the process that has it."""
        answer = await self._call(is_held=True)
        if answer.code is Code.TAKEN:
            return said_plainly(answer.rest[0].decode())
        self._taken_at = time.monotonic()
        return None

    async def keep(self) -> None:
        """Renew the lock if it is time to. Raises LockLostError; SchemaError if the process must stop."""
        self.check_stop()
        if time.monotonic() - self._taken_at > LIFETIME / 3 and await self.take():
            raise LockLostError

    def check_stop(self) -> None:
        """Raise SchemaError if the process was told to stop."""
        if self._stop and self._stop.is_set():
            raise SchemaError("Stopped before the data were up to date. The next start goes on.")

    async def release(self) -> None:
        """Release the lock, if this process has it."""
        await self._call(is_held=False)

    async def _call(self, *, is_held: bool) -> ScriptAnswer:
        arguments = {"owner": self._owner, "is_held": is_held, "lifetime": int(LIFETIME * 1000)}
        return await self._store.call("migration_lock", {"lock": MIGRATION_LOCK}, arguments)
