"""Several actors on one Redis, each an instance of its own, that take turns trip by trip in a given order.

An actor can also crash at a trip: before it reaches Redis, or after Redis carried it out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.records.configuration.configuration_cache import ConfigCache
from admitone.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.redis.coalescer import Command

Actor = Callable[[Store], Awaitable[Any]]


class Fate(Enum):
    """What happens to a trip to Redis."""

    ARRIVES = "arrives"
    IS_NOT_MADE = "is not made"
    IS_NOT_HEARD_OF = "is not heard of"


class Turn(msgspec.Struct, frozen=True):
    """Which of the waiting actors goes on (modulo their number), and what happens to its trip."""

    place: int
    fate: Fate = Fate.ARRIVES


class CrashError(Exception):
    """The actor's process died."""


async def take_turns(store: Store, turns: Sequence[Turn], *actors: Actor) -> list[Any]:
    """What each actor returned or raised; after the last of `turns` the actors go on in their order."""
    table = _Table()
    tasks = [
        asyncio.ensure_future(actor(_ActorsStore(store, table, number)))
        for number, actor in enumerate(actors)
    ]
    for task in tasks:
        task.add_done_callback(lambda _: table.news.set())
    remaining = iter(turns)
    while True:
        while any(not task.done() and number not in table.waiting for number, task in enumerate(tasks)):
            table.news.clear()
            await table.news.wait()
        if not table.waiting:
            return await asyncio.gather(*tasks, return_exceptions=True)
        turn = next(remaining, Turn(0))
        number = sorted(table.waiting)[turn.place % len(table.waiting)]
        table.waiting.pop(number).set_result(turn.fate)


class _Table:
    """Who waits for a turn; there is `news` when an actor comes to wait, or ends."""

    def __init__(self) -> None:
        self.waiting: dict[int, asyncio.Future[Fate]] = {}
        self.news = asyncio.Event()

    async def turn(self, number: int) -> Fate:
        """Wait for a turn."""
        self.waiting[number] = asyncio.get_running_loop().create_future()
        self.news.set()
        return await self.waiting[number]


class _ActorsStore(Store):
    """A store with a cache of its own, whose trips wait for their turns."""

    def __init__(self, base: Store, table: _Table, number: int) -> None:
        vars(self).update(vars(base))
        self.cache = ConfigCache()
        self.send = self._send_in_turn
        self._base = base
        self._table = table
        self._number = number

    async def _send_in_turn(self, *commands: Command, within: float = 0) -> list[Any]:
        fate = await self._table.turn(self._number)
        if fate is Fate.IS_NOT_MADE:
            raise CrashError
        answers = await self._base.send(*commands)
        if fate is Fate.IS_NOT_HEARD_OF:
            raise CrashError
        return answers
