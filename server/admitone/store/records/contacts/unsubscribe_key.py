"""The key of unsubscribe links: made when the first one is needed, kept sealed, the same for good.

It is a key of its own because links must work, and unsubscriptions hold, for years: hashes that were made
with a secret key of the deployment would be lost when that key is retired. This one is only sealed anew.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from admitone.sealing import Kept
from admitone.store.keys import UNSUBSCRIBE_KEY
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

LENGTH = 32
_READ = Command(("GET", UNSUBSCRIBE_KEY))


class UnsubscribeKey:
    """The key as this process knows it. Each call raises Busy, and UnsealError if no secret key opens it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: bytes | None = None

    async def find(self) -> bytes | None:
        """The key, or None as long as no link has needed one."""
        if self._known is None:
            [sealed] = await self._store.send(_READ)
            self._keep(sealed)
        return self._known

    async def make(self) -> bytes:
        """The key; two processes that need the first one at once get the same."""
        key = await self.find()
        while key is None:
            sealed = self._store.sealer.seal(
                Kept.UNSUBSCRIBE_KEY, UNSUBSCRIBE_KEY, secrets.token_bytes(LENGTH)
            )
            _, there = await self._store.send(Command(("SET", UNSUBSCRIBE_KEY, sealed, "NX")), _READ)
            self._keep(there)
            key = self._known
        return key

    def forget(self) -> None:
        """Read the key again: Redis may have lost one that this process has just made."""
        self._known = None

    def _keep(self, sealed: bytes | None) -> None:
        if sealed is not None:
            self._known = self._store.sealer.open(Kept.UNSUBSCRIBE_KEY, UNSUBSCRIBE_KEY, sealed.decode())
