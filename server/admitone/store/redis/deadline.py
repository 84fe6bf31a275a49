"""A time limit that counts only the time in which this process could have read an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from admitone.store.redis.waiting import Waiting

SLACK: Final = 0.25
"""Seconds of further time if the event loop itself was late by more than this."""
TICK: Final = 0.02
"""Seconds between two looks at the calls that wait: by so much may a call end late."""


class Deadline:
    """Calls `expire` after `within` seconds, unless it is cancelled before.

    If the event loop stood still meanwhile, the answer may be there and unread: then SLACK seconds follow.
    """

    __slots__ = ("_at", "_expire", "_timer")

    def __init__(self, within: float, expire: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        self._at = loop.time() + within
        self._expire = expire
        self._timer = loop.call_at(self._at, self._due)

    def cancel(self) -> None:
        """End the time limit."""
        self._timer.cancel()

    def _due(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() - self._at > SLACK:
            self._timer = loop.call_later(SLACK, self._expire)
        else:
            self._expire()


class Deadlines:
    """Gives up the calls that wait for longer than they may.

    One timer looks at all of them. A timer for each call costs more than to send its commands, and nearly
    every one would be cancelled.
    """

    def __init__(self) -> None:
        self._calls: list[tuple[float, Waiting]] = []
        """When each call ends, by the event loop's clock; those that were answered go at the next look."""

    def add(self, call: Waiting, at: float) -> None:
        """Give up `call` at `at`, by the event loop's clock, unless it is answered before."""
        if not self._calls:
            Deadline(TICK, self._look)
        self._calls.append((at, call))

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        waiting = [each for each in self._calls if not each[1].answer.done()]
        self._calls = [each for each in waiting if each[0] > now]
        if self._calls:
            Deadline(TICK, self._look)
        for at, call in waiting:
            if at <= now:
                call.give_up()
