"""The outbox as workers see it: one consumer of every partition's stream.

What is read from a stream is held by its consumer until it is finished or parked, in one script with what
follows from it. A consumer that says nothing of what it holds for a while has died, and others take it over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from admitone.domain.errors import Busy
from admitone.store import keys
from admitone.store.redis.coalescer import Command
from admitone.store.redis.connect import ANSWER_WITHIN
from admitone.store.redis.line import Line, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from admitone.store.store import Store

GROUP = "workers"
READ_AT_ONCE = 4
"""Entries of one partition in one read: few, so that workers share what a burst left."""
DUE_AT_ONCE = 100
"""Timers of one partition that become entries in one script."""
LONG_AGO = 1 << 31
"""Milliseconds of idleness that anybody takes an entry over after."""
DEAD_AFTER = 10
"""A consumer without entries is removed once it has been idle for so many times the time of a take-over."""

Later = tuple[str, int]
"""A job's or timer's text, and when it is due (epoch seconds)."""


class Entry(msgspec.Struct, frozen=True):
    """An entry of a partition's outbox; `deliveries` counts who got it so far, as far as that was asked."""

    partition: int
    id: str
    fields: Mapping[str, str]
    deliveries: int = 1


class Outbox:
    """All partitions' streams, read as `consumer`."""

    def __init__(self, store: Store, consumer: str) -> None:
        self._store = store
        self._consumer = consumer
        self._partitions = range(store.partitions)
        self._streams = [keys.jobs(partition) for partition in self._partitions]
        self._cursors = ["0-0"] * store.partitions
        self._line = Line(store.client, answer_within=ANSWER_WITHIN)
        self._is_open = False

    async def read(self, block: float) -> list[Entry]:
        """New entries, a few of each partition; waits for the first for up to `block` seconds.

        On a connection of its own: what waits here holds up nobody else. Raises Busy.
        """
        if not self._is_open:
            await self._open()
        wait = ("BLOCK", round(block * 1000)) if block > 0 else ()
        command = ("XREADGROUP", "GROUP", GROUP, self._consumer, "COUNT", READ_AT_ONCE, *wait)
        words = (*command, "STREAMS", *self._streams, *(">" for _ in self._streams))
        answers: list[Any] = []
        try:
            await self._line.exchange(pack(words), [1], answers.extend)
        except (RedisConnectionError, RedisTimeoutError, OSError) as error:
            raise Busy from error
        if isinstance(answers[0], ResponseError):
            self._is_open = False  # the groups are gone with the data, or Redis is not ready yet
            raise Busy from answers[0]
        numbers = {stream.encode(): partition for partition, stream in enumerate(self._streams)}
        return [_entry(numbers[stream], found) for stream, entries in answers[0] or () for found in entries]

    async def _open(self) -> None:
        """Make the groups that are not there yet; their streams are there from then on, if empty."""
        for stream in self._streams:
            try:
                await self._store.send(Command(("XGROUP", "CREATE", stream, GROUP, "0", "MKSTREAM")))
            except ResponseError as error:
                if not str(error).startswith("BUSYGROUP"):
                    raise
        self._is_open = True

    async def move_due(self, now: int) -> int:
        """Make entries of what is due, some of each partition; answers how many."""
        heads = await self._store.send(
            *(
                Command(("ZRANGE", keys.delayed(partition), 0, 0, "WITHSCORES"))
                for partition in self._partitions
            )
        )
        moved = 0
        for partition, head in enumerate(heads):
            if head and float(head[1]) <= now:
                names = {"jobs": keys.jobs(partition), "delayed": keys.delayed(partition)}
                answer = await self._store.call("outbox_due", names, {"now": now, "most": DUE_AT_ONCE})
                moved += answer.rest[0]
        return moved

    async def take_over(self, idle: float) -> list[Entry]:
        """Entries that whoever holds them has said nothing of for `idle` seconds; ours from now on.

        Consumers that have been silent for long and hold nothing are removed.
        """
        if not self._is_open:
            await self._open()
        milliseconds = round(idle * 1000)
        claims = await self._store.send(
            *(
                Command(("XAUTOCLAIM", stream, GROUP, self._consumer, milliseconds, cursor, "COUNT", 10))
                for stream, cursor in zip(self._streams, self._cursors, strict=True)
            )
        )
        self._cursors = [cursor.decode() for cursor, *_ in claims]
        entries = [
            _entry(partition, found)
            for partition, [_, there, *_] in enumerate(claims)
            for found in there
            if found is not None and found[1]  # Redis 6.2 answers nil for an entry that was removed by hand
        ]
        await self._forget_the_dead(milliseconds * DEAD_AFTER)
        return await self._counted(entries)

    async def _counted(self, entries: Sequence[Entry]) -> list[Entry]:
        """The entries with how often each was delivered."""
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
        """Remove a consumer, unless it holds something."""
        names = {"jobs": self._streams[partition]}
        await self._store.call("outbox_forget", names, {"group": GROUP, "consumer": consumer})

    async def finish(
        self, entry: Entry, now: Iterable[str] = (), later: Iterable[Later] = (), *, retried: bool = False
    ) -> None:
        """Take the entry out, and put in what follows from it; `retried`: that is itself, which failed."""
        names = _names(entry.partition)
        arguments = {"group": GROUP, "entry": entry.id, "now": list(now), "later": list(later)}
        await self._store.call("outbox_finish", names, arguments | ({"retried": True} if retried else {}))

    async def hold(self, entries: Sequence[Entry]) -> None:
        """Say that these are being worked on."""
        for partition in {entry.partition for entry in entries}:
            ids = [entry.id for entry in entries if entry.partition == partition]
            await self._hold(partition, ids, idle=0)

    async def close(self) -> None:
        """Hand back what is held, also what was on its way when a read was broken off, and go.

        Raises Busy where Redis is away; others then take it over in time.
        """
        await self._line.close()
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


async def put_in(store: Store, workspace: str, now: Iterable[str], later: Iterable[Later] = ()) -> None:
    """Put jobs into a workspace's outbox that follow from no entry of it: those due now, those due later."""
    arguments = {"group": GROUP, "now": list(now), "later": list(later)}
    await store.call("outbox_finish", _names(store.keys(workspace).partition), arguments)


def _names(partition: int) -> dict[str, str]:
    """The keys of the script that finishes an entry."""
    return {
        "jobs": keys.jobs(partition),
        "delayed": keys.delayed(partition),
        "totals": keys.totals(partition),
    }


def _entry(partition: int, found: Any) -> Entry:
    entry_id, parts = found
    texts = [part.decode(errors="backslashreplace") for part in parts]
    return Entry(partition, entry_id.decode(), dict(zip(texts[::2], texts[1::2], strict=True)))
