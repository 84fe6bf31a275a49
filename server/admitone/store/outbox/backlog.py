"""What waits in a partition's outbox, as it is: nothing is taken, and no consumer is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from admitone.store import keys
from admitone.store.outbox.outbox import entry_of
from admitone.store.redis.coalescer import Command
from admitone.store.redis.scan import scan_keys

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.outbox.outbox import Entry
    from admitone.store.store import Store

AT_ONCE: Final = 100
_WAITING_MAILS: Final = re.compile(r"ao:\{p\d+\}:(\w+):mails:waiting")


async def last_entry(store: Store, partition: int) -> str:
    """The id of the newest entry, `0-0` without one."""
    [found] = await store.send(Command(("XREVRANGE", keys.jobs(partition), "+", "-", "COUNT", 1)))
    return found[0][0].decode() if found else "0-0"


async def read_backlog(
    store: Store, partition: int, *, after: str = "0-0", until: str = "+"
) -> AsyncIterator[Entry]:
    """The entries after one id and up to another, oldest first; each may be removed meanwhile."""
    while True:
        command = ("XRANGE", keys.jobs(partition), f"({after}", until, "COUNT", AT_ONCE)
        [found] = await store.send(Command(command))
        for one in found:
            entry = entry_of(partition, one)
            after = entry.id
            yield entry
        if len(found) < AT_ONCE:
            return


async def read_delayed(store: Store, partition: int) -> AsyncIterator[str]:
    """The delayed jobs and timers as text, the next due first; all are read before the first is given."""
    [found] = await store.send(Command(("ZRANGE", keys.delayed(partition), 0, -1)))
    for text in found:
        yield text.decode()


async def remove_delayed(store: Store, partition: int, text: str) -> None:
    """Remove one delayed job."""
    await store.send(Command(("ZREM", keys.delayed(partition), text)))


async def workspaces_with_waiting_mails(store: Store) -> AsyncIterator[str]:
    """The workspaces that have mails which wait for a sender; some may come twice."""
    async for names in scan_keys(store):
        for name in names:
            if found := _WAITING_MAILS.fullmatch(name):
                yield found[1]
