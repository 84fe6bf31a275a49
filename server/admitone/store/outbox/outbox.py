"""The outbox as workers see it: one consumer of every partition's stream.

A consumer holds the entries that it has read until a script finishes or parks them; the same script adds the
entries that follow. A consumer that does not call `hold` for a while is taken for dead, and another consumer
takes over its entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from redis.exceptions import ResponseError

from admitone.domain.errors import Busy
from admitone.store import keys
from admitone.store.outbox.reading import Looking, StreamsLostError, Waiting
from admitone.store.redis.cluster.router import Router
from admitone.store.redis.coalescer import Command
from admitone.store.redis.line import LOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from admitone.store.store import Store

GROUP = "workers"
READ_AT_ONCE = 16
"""Entries of one partition in one read at most."""
DUE_AT_ONCE = 100
"""Jobs of one partition that one script call moves from `delayed` to the outbox at most."""
LONG_AGO = 1 << 31
"""An idle time in milliseconds after which any consumer takes an entry over."""
DEAD_AFTER = 10
"""A consumer without entries is removed when it has been idle for this multiple of the take-over time."""

Later = tuple[str, int]
"""A job or timer as text, and when it is due (epoch seconds)."""


class Entry(msgspec.Struct, frozen=True):
    """An entry of a partition's outbox; `deliveries` is exact for entries that were taken over, else 1."""

    partition: int
    id: str
    fields: Mapping[str, str]
    deliveries: int = 1


class Outbox:
    """The streams of all partitions, read by `consumer`."""

    def __init__(self, store: Store, consumer: str) -> None:
        self._store = store
        self._consumer = consumer
        self._partitions = range(store.partitions)
        self._streams = [keys.jobs(partition) for partition in self._partitions]
        self._cursors = ["0-0"] * store.partitions
        lines, streams = store.lines, self._streams
        self._reading = (
            Looking(lines, streams, GROUP, consumer)
            if isinstance(lines, Router)
            else Waiting(lines, streams, GROUP, consumer)
        )
        self._is_open = False

    async def read(self, block: float, most: int = READ_AT_ONCE) -> list[Entry]:
        """New entries, at most so many of each partition; waits up to `block` seconds for the first one.

        It uses connections of its own, so that its waiting delays nobody else. Raises Busy.
        """
        if not self._is_open:
            await self._open()
        try:
            found = await self._reading.read(block, most)
        except LOST as error:
            raise Busy from error
        except StreamsLostError as error:
            self._is_open = False
            raise Busy from error
        return [
            entry_of(partition, entry)
            for partition, stream in enumerate(self._streams)
            for entry in found.get(stream, ())
        ]

    async def _open(self) -> None:
        """Create the missing groups, and with them their streams."""
        for stream in self._streams:
            try:
                await self._store.send(
                    Command(("XGROUP", "CREATE", stream, GROUP, "0", "MKSTREAM"), may_be_lost=True)
                )
            except ResponseError as error:
                if not str(error).startswith("BUSYGROUP"):
                    raise
        self._is_open = True

    async def move_due(self, now: int) -> int:
        """Move some of the due jobs of each partition into the outbox; returns how many."""
        heads = await self._store.send(
            *(
                Command(("ZRANGE", keys.delayed(partition), 0, 0, "WITHSCORES"))
                for partition in self._partitions
            )
        )
        moved = 0
        for partition, head in enumerate(heads):
            if head and float(head[1]) <= now:
                moved += await move_due(self._store, partition, now)
        return moved

    async def take_over(self, idle: float) -> list[Entry]:
        """Take over entries whose consumer has not called `hold` for `idle` seconds, and return them.

        Consumers that hold nothing and have been idle for much longer are removed.
        """
        if not self._is_open:
            await self._open()
        milliseconds = round(idle * 1000)
        claims = await self._store.send(
            *(
                Command(
                    ("XAUTOCLAIM", stream, GROUP, self._consumer, milliseconds, cursor, "COUNT", 10),
                    may_be_lost=True,
                )
                for stream, cursor in zip(self._streams, self._cursors, strict=True)
            )
        )
        self._cursors = [cursor.decode() for cursor, *_ in claims]
        entries = [
            entry_of(partition, found)
            for partition, [_, there, *_] in enumerate(claims)
            for found in there
            if found is not None and found[1]  # Redis 6.2 answers nil for an entry that was deleted by hand
        ]
        await self._forget_the_dead(milliseconds * DEAD_AFTER)
        return await self._counted(entries)

    async def _counted(self, entries: Sequence[Entry]) -> list[Entry]:
        """The entries with the number of their deliveries."""
        if not entries:
            return []
        pending = await self._store.send(
            *(
                Command(("XPENDING", self._streams[entry.partition], GROUP, entry.id, entry.id, 1))
                for entry in entries
            )
        )
        return [
            msgspec.structs.replace(entry, deliveries=found[0][3] if found else 1)
            for entry, found in zip(entries, pending, strict=True)
        ]

    async def _forget_the_dead(self, milliseconds: int) -> None:
        commands = [Command(("XINFO", "CONSUMERS", stream, GROUP)) for stream in self._streams]
        for partition, consumers in enumerate(await self._store.send(*commands)):
            for about in consumers:
                one = dict(zip(about[::2], about[1::2], strict=True))
                if one[b"pending"] == 0 and one[b"idle"] > milliseconds:
                    await self.forget(partition, one[b"name"].decode())

    async def forget(self, partition: int, consumer: str) -> None:
        """Remove a consumer, unless it holds entries."""
        names = {"jobs": self._streams[partition]}
        await self._store.call("outbox_forget", names, {"group": GROUP, "consumer": consumer})

    async def finish(
        self, entry: Entry, now: Iterable[str] = (), later: Iterable[Later] = (), *, retried: int = 0
    ) -> None:
        """Remove the entry and add what follows from it; so many of `later` are jobs that are `retried`."""
        arguments = {
            "group": GROUP,
            "entry": entry.id,
            "now": list(now),
            "later": list(later),
            "retried": retried or None,
        }
        await self._store.call("outbox_finish", _names(entry.partition), arguments)

    async def hold(self, entries: Sequence[Entry]) -> None:
        """Report that these entries are still being worked on."""
        for partition in {entry.partition for entry in entries}:
            ids = [entry.id for entry in entries if entry.partition == partition]
            await self._hold(partition, ids, idle=0)

    async def close(self) -> None:
        """Hand back all held entries, those of an interrupted read included, and close the connection.

        Raises Busy if Redis cannot be reached; other consumers take the entries over later.
        """
        await self._reading.close()
        if not self._is_open:
            return
        command = ("-", "+", 1000, self._consumer)
        held = await self._store.send(
            *(Command(("XPENDING", stream, GROUP, *command)) for stream in self._streams)
        )
        for partition, pending in enumerate(held):
            if pending:
                await self._hold(partition, [one[0].decode() for one in pending], idle=LONG_AGO)
            else:
                await self.forget(partition, self._consumer)

    async def _hold(self, partition: int, ids: Sequence[str], *, idle: int) -> None:
        await self._store.call(
            "outbox_hold",
            {"jobs": self._streams[partition]},
            {"group": GROUP, "consumer": self._consumer, "entries": list(ids), "idle": idle},
        )


async def move_due(store: Store, partition: int, now: int) -> int:
    """Move some of the due jobs of one partition into the outbox; returns how many."""
    names = {"jobs": keys.jobs(partition), "delayed": keys.delayed(partition)}
    answer = await store.call("outbox_due", names, {"now": now, "most": DUE_AT_ONCE})
    moved: int = answer.rest[0]
    return moved


async def put_in(store: Store, workspace: str, now: Iterable[str], later: Iterable[Later] = ()) -> None:
    """Add jobs to a workspace's outbox, due `now` or `later`, that do not follow from an entry."""
    arguments = {"group": GROUP, "now": list(now), "later": list(later)}
    await store.call("outbox_finish", _names(store.keys(workspace).partition), arguments)


def _names(partition: int) -> dict[str, str]:
    """The keys of the script outbox_finish."""
    return {
        "jobs": keys.jobs(partition),
        "delayed": keys.delayed(partition),
        "totals": keys.totals(partition),
    }


def entry_of(partition: int, found: Any) -> Entry:
    """An entry as Redis answers it: its id, and names and values in turn."""
    entry_id, parts = found
    texts = [part.decode(errors="backslashreplace") for part in parts]
    return Entry(partition, entry_id.decode(), dict(zip(texts[::2], texts[1::2], strict=True)))
