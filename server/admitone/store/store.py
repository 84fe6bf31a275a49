"""The store: what every read and every script call goes through."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.codes import Code
from admitone.store.keys import WorkspaceKeys
from admitone.store.migrations.migrate import bring_up_to_date
from admitone.store.readiness import Readiness
from admitone.store.records.configuration.configuration_cache import ConfigCache
from admitone.store.records.contacts.unsubscribe_key import UnsubscribeKey
from admitone.store.records.credentials.signing_keys import SigningKeys
from admitone.store.records.reports.sum_cache import SumCache
from admitone.store.records.start_cache import StartCache
from admitone.store.redis.cluster.router import Cluster, Router
from admitone.store.redis.coalescer import Command, script_call
from admitone.store.redis.lines import Lines
from admitone.store.redis.scripts import load_scripts

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Coroutine, Mapping

    from redis.asyncio import Redis

    from admitone.sealing import Sealer
    from admitone.store.redis.script_header import KeyNames


class ScriptAnswer(msgspec.Struct, frozen=True):
    """The answer of a script: its code, and in `rest` the values that its header names after the code."""

    code: Code
    rest: Sequence[Any]


class Store:
    """One Redis or a cluster, the names of its keys, and the scripts that write to it."""

    client: Redis
    """The one Redis."""

    def __init__(self, redis: Redis | Cluster, sealer: Sealer, partitions: int, replicas: int = 0) -> None:
        self.lines: Lines | Router
        if isinstance(redis, Cluster):
            self.lines = Router(redis, replicas, self._forget)
        else:
            self.client = redis
            self.lines = Lines(redis, replicas, self._forget)
        self.sealer = sealer
        self.partitions = partitions
        self.scripts = load_scripts()
        self.milliseconds = _milliseconds
        """The clock of the configuration counter: epoch milliseconds."""
        self.cache = ConfigCache()
        self.sums = SumCache()
        self.starts = StartCache()
        self.send = self.lines.send
        self.confirm = self.lines.confirm
        self.signing_keys = SigningKeys(self)
        self.unsubscribe_key = UnsubscribeKey(self)
        self.readiness = Readiness(self.lines)

    def _forget(self) -> None:
        """Begin new caches: after a failover, a counter that was turned back proves nothing."""
        self.cache = ConfigCache()
        self.sums = SumCache()
        self.starts = StartCache()
        self.unsubscribe_key.forget()

    def keys(self, workspace: str) -> WorkspaceKeys:
        """The keys of a workspace."""
        return _keys(workspace, self.partitions)

    def command(
        self,
        script: str,
        keys: KeyNames,
        arguments: Mapping[str, Any],
        *,
        shared: Mapping[str, str] = {},
        is_telemetry: bool = False,
    ) -> Command:
        """The command that calls a script with the keys and arguments that its header names.

        Keys that `keys` does not name are taken from `shared`; arguments that are None are left out. Raises
        TypeError for other keys.
        """
        found = self.scripts[script]
        given = {name: value for name, value in arguments.items() if value is not None}
        listed = found.header.key_list(keys, given, shared)
        return script_call(found, listed, msgspec.msgpack.encode(given), is_telemetry=is_telemetry)

    async def call(
        self, script: str, keys: KeyNames, arguments: Mapping[str, Any], *, shared: Mapping[str, str] = {}
    ) -> ScriptAnswer:
        """Call a script; see `command`. Raises Busy, OutcomeUnknown."""
        [[code, *rest]] = await self.send(self.command(script, keys, arguments, shared=shared))
        return ScriptAnswer(Code(code), rest)

    def call_in(
        self, workspace: str, script: str, keys: KeyNames, arguments: Mapping[str, Any]
    ) -> Coroutine[Any, Any, ScriptAnswer]:
        """Call a script that writes to one workspace, which is its argument `workspace`.

        `keys` need not name the keys that the workspace has once (`WorkspaceKeys.shared`).
        """
        arguments = {"workspace": workspace, **arguments}
        return self.call(script, keys, arguments, shared=self.keys(workspace).shared)


def _milliseconds() -> int:
    return time.time_ns() // 1_000_000


@lru_cache(maxsize=1000)
def _keys(workspace: str, partitions: int) -> WorkspaceKeys:
    return WorkspaceKeys(workspace, partitions)


@asynccontextmanager
async def open_store(
    redis: Redis | Cluster,
    sealer: Sealer,
    partitions: int,
    replicas: int = 0,
    stop: asyncio.Event | None = None,
) -> AsyncIterator[Store]:
    """A store on `redis`, once its data have the present schema; else raises SchemaError.

    A cluster that cannot be used raises RedisUnusableError.

    `stop` ends a migration under way, with SchemaError. Writes are answered once so many `replicas` have
    them.
    """
    store = Store(redis, sealer, partitions, replicas)
    async with store.lines.serving():
        await bring_up_to_date(store, stop)
        yield store
