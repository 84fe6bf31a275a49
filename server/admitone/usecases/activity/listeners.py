"""Who listens to the activity in this process: one read a second brings the news of all of them.

Each listener has a place in the stream of its workspace, and gets what comes after it: nothing is repeated or
lost, whichever process wrote it. A listener who comes back with their place goes on there.
"""

from __future__ import annotations

import asyncio
from contextvars import Context
from typing import TYPE_CHECKING

from admitone.cancelling import cancelled
from admitone.domain.errors import Busy
from admitone.store.records.activity import Position, read_newest, read_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.activity.entry import Entry
    from admitone.store.store import Store

PAUSE = 1.0
"""Seconds between two reads."""
AT_ONCE = 200
"""Entries that one read brings to a listener, at most."""
PER_USER = 4
"""Listeners of one user on a server; a further one ends the oldest."""


class Listener:
    """One listener. News are a part of the stream, or None if some were trimmed: it goes on at the end."""

    def __init__(self, workspace: str, user: str, place: str) -> None:
        self.workspace = workspace
        self.user = user
        self.place = place
        """The id of the last entry that was taken."""
        self.has_ended = False
        """Whether it gets no more news."""
        self.is_displaced = False
        """Whether it has ended because its user has others."""
        self._news: Sequence[Entry] | None = ()
        self._place_then = place
        self._has_news = asyncio.Event()

    @property
    def is_waiting(self) -> bool:
        """Whether it has taken all that was read for it."""
        return not self._has_news.is_set()

    def give(self, news: Sequence[Entry] | None, place: str) -> None:
        """Hand out what comes after its place; `place` is the one then."""
        self._news, self._place_then = news, place
        self._has_news.set()

    def end(self) -> None:
        """Give no more news."""
        self.has_ended = True
        self._has_news.set()

    async def next(self, within: float) -> Sequence[Entry] | None:
        """The next news; nothing if there are none within so many seconds, or once it has ended."""
        try:
            async with asyncio.timeout(within):
                await self._has_news.wait()
        except TimeoutError:
            return ()
        if self.has_ended:
            return ()
        self._has_news.clear()
        self.place = self._place_then
        return self._news


class Listeners:
    """All listeners of this process, so many of each user; they are read for while there are any."""

    def __init__(self, store: Store, per_user: int = PER_USER) -> None:
        self._store = store
        self._per_user = per_user
        self._listeners: list[Listener] = []
        self._task: asyncio.Task[None] | None = None
        self._has_closed = False
        self.reads = 0
        """Reads made so far."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self._listeners)

    async def join(self, workspace: str, user: str, after: str | None) -> Listener:
        """A new listener: after the entry `after`, or from now on. Raises Busy."""
        listener = Listener(workspace, user, after or await read_newest(self._store, workspace))
        own = [each for each in self._listeners if (each.workspace, each.user) == (workspace, user)]
        for oldest in own[: max(len(own) - self._per_user + 1, 0)]:
            oldest.is_displaced = True
            oldest.end()
            self._listeners.remove(oldest)
        if self._has_closed:
            listener.end()
            return listener
        self._listeners.append(listener)
        if self._task is None:
            # Not in the context of the first request, whose time for Redis runs out (store/redis/usage.py).
            self._task = asyncio.create_task(self._run(), name="activity", context=Context())
        return listener

    def leave(self, listener: Listener) -> None:
        """Read no more for a listener."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    async def close(self) -> None:
        """End all listeners."""
        self._has_closed = True
        for listener in self._listeners:
            listener.end()
        self._listeners.clear()
        if self._task is not None:
            await cancelled(self._task)

    async def _run(self) -> None:
        """Read once in a while, as long as there are listeners."""
        try:
            while self._listeners:
                if not await self._try():
                    await asyncio.sleep(PAUSE)
        finally:
            self._task = None
            for listener in self._listeners:  # only after an error: their clients connect again
                listener.end()
            self._listeners.clear()

    async def _try(self) -> bool:
        """As `step`; while Redis does not answer, all places stay as they are."""
        try:
            return await self.step()
        except Busy:
            return False

    async def step(self) -> bool:
        """Read for all who wait, in one trip; whether one of them is behind by more than was read."""
        waiting: dict[Position, list[Listener]] = {}
        for listener in self._listeners:
            if listener.is_waiting:
                waiting.setdefault(Position(listener.workspace, listener.place), []).append(listener)
        if not waiting:
            return False
        self.reads += 1
        found = await read_on(self._store, list(waiting), AT_ONCE)
        for (position, listeners), entries in zip(waiting.items(), found, strict=True):
            if entries is None:
                newest = await read_newest(self._store, position.workspace)
                for listener in listeners:
                    listener.give(None, newest)
            elif entries:
                for listener in listeners:
                    listener.give(entries, entries[-1].id)
        return any(entries is not None and len(entries) >= AT_ONCE for entries in found)
