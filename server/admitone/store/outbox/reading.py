"""How a worker reads new entries of all partitions: it waits on one Redis, and looks at a cluster in turns.

One Redis answers one read of all streams as soon as one of them has an entry. A cluster refuses a read of
several slots, even on one node: so each primary is asked for each of its partitions, in one packet that waits
for nothing, ten times a second, and at once after this process itself has written.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from redis.exceptions import AskError, ClusterDownError, ResponseError, TryAgainError

from admitone.store.redis.line import pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.redis.cluster.router import Router
    from admitone.store.redis.line import Line
    from admitone.store.redis.lines import Lines

EVERY = 0.1
"""Seconds between two looks at a cluster."""
SOON = 0.005
"""Seconds after a write of this process until the next look: what is written meanwhile comes with it."""

Found = dict[str, list[Any]]
"""The entries of each stream, as Redis answers them."""


class StreamsLostError(Exception):
    """The groups were deleted with the data, or Redis is not ready yet."""


class Waiting:
    """Reads of one Redis, which wait for the first entry on a connection of their own."""

    def __init__(self, lines: Lines, streams: Sequence[str], group: str, consumer: str) -> None:
        self._line = lines.open()
        self._streams = streams
        self._head = ("XREADGROUP", "GROUP", group, consumer, "COUNT")

    async def read(self, block: float, most: int) -> Found:
        """New entries, at most so many of each stream; waits up to `block` seconds for the first one.

        Raises LOST, StreamsLostError.
        """
        wait = ("BLOCK", round(block * 1000)) if block > 0 else ()
        answers: list[Any] = []
        words = (*self._head, most, *wait, "STREAMS", *self._streams, *(">" for _ in self._streams))
        await self._line.exchange(pack(words), [1], answers.extend)
        if isinstance(answers[0], ResponseError):
            raise StreamsLostError from answers[0]
        return {stream.decode(): entries for stream, entries in answers[0] or ()}

    async def close(self) -> None:
        """Close the connection."""
        await self._line.close()


class Looking:
    """Reads of a cluster: a line to each primary, and what is sent on it, made once for a map of slots."""

    def __init__(self, router: Router, streams: Sequence[str], group: str, consumer: str) -> None:
        self._router = router
        self._streams = streams
        self._head = ("XREADGROUP", "GROUP", group, consumer, "COUNT")
        self._lines: dict[Lines, Line] = {}
        self._packets: list[tuple[Line, bytes, list[str]]] = []
        self._generation = -1
        self._most = 0

    async def read(self, block: float, most: int) -> Found:
        """New entries, at most so many of each stream; looks for them for up to `block` seconds.

        Raises LOST, StreamsLostError.
        """
        clock = asyncio.get_running_loop().time
        ends = clock() + block
        while True:
            began = clock()
            if found := await self._look(most):
                return found
            left = ends - clock()
            if left <= 0:
                return {}
            await self._router.pause(min(began + EVERY - clock(), left), SOON)

    async def _look(self, most: int) -> Found:
        if (self._generation, self._most) != (self._router.generation, most):
            await self._prepare(most)
        looks = await asyncio.gather(
            *(_ask(line, packet, streams) for line, packet, streams in self._packets), return_exceptions=True
        )
        found: Found = {}
        for look in looks:
            if isinstance(look, dict):
                found |= look
        lost = [look for look in looks if isinstance(look, BaseException)]
        if lost and not found:  # what other primaries have is done first
            raise lost[0]
        return found

    async def _prepare(self, most: int) -> None:
        """Group the streams by their primaries."""
        self._generation, self._most = self._router.generation, most
        groups: dict[Lines, list[str]] = {}
        for stream in self._streams:
            if (primary := self._router.primary(stream)) is not None:
                groups.setdefault(primary, []).append(stream)
        for gone in self._lines.keys() - groups.keys():
            await self._lines.pop(gone).close()
        self._packets = [
            (
                self._lines.setdefault(primary, primary.open()),
                b"".join(pack((*self._head, most, "STREAMS", stream, ">")) for stream in streams),
                streams,
            )
            for primary, streams in groups.items()
        ]

    async def close(self) -> None:
        """Close the connections."""
        for line in self._lines.values():
            await line.close()


async def _ask(line: Line, packet: bytes, streams: Sequence[str]) -> Found:
    answers: list[Any] = []
    await line.exchange(packet, [len(streams)], answers.extend)
    found: Found = {}
    for stream, answer in zip(streams, answers, strict=True):
        if isinstance(answer, AskError | TryAgainError | ClusterDownError):
            continue  # the slot moves: its entries are read when it has arrived
        if isinstance(answer, ResponseError):
            raise StreamsLostError from answer
        if answer:
            found[stream] = answer[0][1]
    return found
