"""A time limit that counts only the time in which this process could have read an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SLACK: Final = 0.25
"""Seconds of further time if the event loop itself was late by more than this."""


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
