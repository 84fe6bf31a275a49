"""Whether Redis writes to its disk: what it cannot write is lost when it stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

_READ = Command(("INFO", "persistence"))
_RESULTS = {"aof_last_write_status", "aof_last_bgrewrite_status", "rdb_last_bgsave_status"}
"""What Redis says of its last write to the append-only file, its last rewrite of it, and its last dump."""


async def saves_to_disk(store: Store) -> bool:
    """Whether the last writes of Redis, or of each primary, to its disk all succeeded; raises Busy."""
    answers = [text for primary in store.lines.primaries for text in await primary.send(_READ)]
    return all(map(has_saved, answers))


def has_saved(info: bytes) -> bool:
    """The same, from the answer to `INFO persistence`; a result that is missing counts as good."""
    told = dict(line.split(":", 1) for line in info.decode().splitlines() if ":" in line)
    return all(told.get(name, "ok") == "ok" for name in _RESULTS)
