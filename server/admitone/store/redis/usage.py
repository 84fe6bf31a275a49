"""What one HTTP request has asked of Redis so far: how long it waited, and what it has seen.

The web begins a `Usage` for each request. Workers and commands have none: each of their calls has the whole
time, because nobody waits for an answer.
"""

from __future__ import annotations

from contextvars import ContextVar

REQUEST_WITHIN = 4.5
"""Seconds that a request waits for Redis at most, in all its calls: it is answered within 5 seconds."""


class Usage:
    """The calls of one request so far. Calls that wait side by side wait once."""

    __slots__ = ("_since", "_waiting", "is_confirmed", "left", "servers")

    def __init__(self) -> None:
        self.left = REQUEST_WITHIN
        """Seconds that the request may still wait, apart from what its present calls have waited."""
        self._waiting = 0
        self._since = 0.0
        self.is_confirmed = False
        """Whether replicas have everything that the request has seen: its last call was a write."""
        self.servers: set[str] = set()
        """The servers from which it has read, by run id."""

    def begin(self, now: float) -> float:
        """Begin to wait for a call at `now`, by the event loop's clock; how many seconds it may wait."""
        if not self._waiting:
            self._since = now
        self._waiting += 1
        return self.left - (now - self._since)

    def end(self, now: float) -> None:
        """The call waits no more."""
        self._waiting -= 1
        if not self._waiting:
            self.left -= now - self._since

    def note(self, server: str, *, is_write: bool, is_alone: bool = True) -> None:
        """Note that this server has answered a call; unless it `is_alone`, others have other data."""
        if is_write and is_alone:
            self.servers.clear()  # the script has judged anew, whatever was read before
        if is_write and not is_alone:
            self.servers.discard(server)
        else:
            self.servers.add(server)
        self.is_confirmed = is_write if is_alone else not self.servers


_current: ContextVar[Usage | None] = ContextVar("usage", default=None)


def begin_usage() -> None:
    """Begin a request in this task."""
    _current.set(Usage())


def current_usage() -> Usage | None:
    """The usage of this task's request, None outside of one."""
    return _current.get()
