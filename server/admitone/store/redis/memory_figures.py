"""How much memory Redis has left: a full Redis refuses bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.store.store import Store

NEARLY_FULL = 0.8
"""The share of `maxmemory` from which operators are warned."""
MEMORY = Command(("INFO", "memory"))


class MemoryFigures(msgspec.Struct, frozen=True):
    """The memory that Redis uses, and the most that it may use (0 for no limit), in bytes."""

    used: int
    limit: int

    @property
    def is_nearly_full(self) -> bool:
        """Whether it is time to give Redis more memory."""
        return self.limit > 0 and self.used >= NEARLY_FULL * self.limit


def memory_figures(info: Mapping[str, object]) -> MemoryFigures:
    """The figures in an INFO that was read."""
    return MemoryFigures(int(str(info["used_memory"])), int(str(info["maxmemory"])))


def parse_memory(text: bytes) -> MemoryFigures:
    """The figures in the answer to `MEMORY`."""
    return memory_figures(dict(line.split(":", 1) for line in text.decode().splitlines() if ":" in line))


async def read_memory(store: Store) -> MemoryFigures:
    """The figures now, of the fullest primary; raises Busy."""
    found = [parse_memory(text) for one in store.lines.primaries for text in await one.send(MEMORY)]
    return max(found, key=lambda each: (each.used / each.limit if each.limit else 0, each.used))
