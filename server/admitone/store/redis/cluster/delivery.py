"""Follows one command of a cluster that a node did not carry out, to where its slot is served."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from redis.exceptions import AskError, ClusterDownError, MovedError, TryAgainError

from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.redis.cluster.slots import slot_of
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.redis.cluster.router import Node, Router

LATER = (TryAgainError, ClusterDownError)
"""The slot moves and its keys are in two places, or nobody serves it now. The command was not carried out."""
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 0.5
"""Seconds between two attempts of a command; each pause is twice as long as the one before."""
ASKING = Command(("ASKING",), may_be_lost=True)
"""Lets a node that takes a slot over answer the next command before the slot is its own."""


class Delivery:
    """One command on its way, from node to node, until it is carried out or time is up."""

    def __init__(self, router: Router, command: Command, ends: float) -> None:
        self._router = router
        self._command = command
        self._slot = slot_of(command.key)
        self._ends = ends
        self._pause = FIRST_PAUSE
        self._may_have_run = False
        """Whether an earlier attempt ended without an answer."""

    async def begin(self) -> Any:
        """Send to the primary of the slot, and follow."""
        return await self.go_on(None, None)

    async def go_on(self, asked: Node | None, error: Exception | None) -> Any:
        """Go on after an attempt at a node that ended with an error."""
        while True:
            node, commands = self._router.owner(self._slot), [self._command]
            if isinstance(error, MovedError):
                assert asked is not None
                node = self._router.moved(self._slot, asked, error)
            elif isinstance(error, AskError):
                assert asked is not None
                node = self._router.named(asked, error)
                commands = [ASKING, self._command.by_its_text()]
            elif error is not None:
                node = await self._later(asked, error)
            asked = node
            if node is None:
                error = ClusterDownError("")
                continue
            try:
                return (await node.lines.deliver(commands, self._left()))[-1]
            except (AskError, *LATER, Busy, OutcomeUnknown) as caught:
                error = caught

    async def _later(self, asked: Node | None, error: Exception) -> Node | None:
        """Wait; the primary of the slot then. Raises if there is no time, or nothing better to ask."""
        if isinstance(error, OutcomeUnknown):
            self._may_have_run = True
        is_refusal = isinstance(error, LATER)
        if self._left() <= self._pause or (not is_refusal and self._router.owner(self._slot) is asked):
            raise OutcomeUnknown if self._may_have_run else Busy
        if is_refusal:
            await asyncio.sleep(self._pause)
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        return self._router.owner(self._slot)

    def _left(self) -> float:
        return self._ends - asyncio.get_running_loop().time()
