"""Sends commands to the primary of a cluster that serves their keys.

Each primary has lines of its own, as a single Redis has (lines.py); each line of writes ends its trips with
its own WAIT. What a request asks of several primaries goes out side by side. A command that a node did not
carry out, because the slot has moved, moves or is served by nobody, waits and goes out again, alone: other
requests to that node go on.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from redis.exceptions import AskError, ClusterDownError, MovedError

from admitone.cancelling import cancelled
from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.redis.cluster.delivery import LATER, Delivery
from admitone.store.redis.cluster.discovery import read_map
from admitone.store.redis.cluster.slots import SLOTS, Place, key_in, slot_of
from admitone.store.redis.lines import Lines
from admitone.store.redis.unusable import RedisUnusableError
from admitone.store.redis.usage import REQUEST_WITHIN, current_usage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from redis.asyncio import Redis

    from admitone.store.redis.cluster.address import ClusterAddress
    from admitone.store.redis.cluster.slots import SlotMap
    from admitone.store.redis.coalescer import Command

log = structlog.get_logger()

LOOK_EVERY = 0.5
"""Seconds between two readings of the map while a primary is lost."""


class Cluster(NamedTuple):
    """A cluster, and what each of its primaries must pass.

    `check` is called with a client of each new primary. What it raises ends the start; later it is logged.
    """

    address: ClusterAddress
    check: Callable[[Redis], Awaitable[object]]


class Node:
    """A primary that has been reached: its client and its lines."""

    def __init__(self, place: Place, client: Redis, lines: Lines) -> None:
        self.place = place
        self.client = client
        self.lines = lines
        self.task: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        """Answer calls until this is cancelled."""
        try:
            async with self.lines.serving():
                await asyncio.Event().wait()
        finally:
            await self.client.aclose()


class Router:
    """The primaries of a cluster; `serving` must be open.

    A write is answered when so many `replicas` of its primary have it. `on_loss` is called when a connection
    is lost or a slot has another primary: what was remembered may be of another past.
    """

    def __init__(
        self,
        cluster: Cluster,
        replicas: int,
        on_loss: Callable[[], None],
    ) -> None:
        self._address, self._check = cluster
        self.replicas = replicas
        self._on_loss = on_loss
        self._nodes: dict[Place, Node] = {}
        self._owners: list[Node | None] = [None] * SLOTS
        self._known: list[Place] = list(cluster.address.seeds)
        """Every node of the last map, and the seeds: all of them are asked for the next one."""
        self._epoch = -1
        self.generation = 0
        """Rises whenever slots get other primaries."""
        self._has_written = asyncio.Event()
        self._stale = asyncio.Event()
        self._checks: set[asyncio.Task[None]] = set()

    @property
    def primaries(self) -> list[Lines]:
        """The lines of each primary that has slots."""
        return [node.lines for node in dict.fromkeys(self._owners) if node is not None]

    def primary(self, key: str) -> Lines | None:
        """The lines of the primary that serves a key; None if nobody does now."""
        node = self._owners[slot_of(key)]
        return node.lines if node else None

    @property
    def is_behind(self) -> bool:
        """Whether writes of some primary are not acknowledged, because too few replicas have them."""
        return any(lines.is_behind for lines in self.primaries)

    @property
    def trips(self) -> int:
        """Round trips made so far, to the primaries that there are now."""
        return sum(lines.trips for lines in self.primaries)

    @property
    def waiting(self) -> int:
        """Requests that wait for the next round trip."""
        return sum(lines.waiting for lines in self.primaries)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Answer calls until the end; then tell those who still wait.

        Raises RedisUnusableError if no node answers, if slots lack a primary, or by `check`.
        """
        try:
            found, _ = await read_map(self._address, self._known)
            if found is None or sum(last - first + 1 for first, last, _ in found.ranges) != SLOTS:
                raise RedisUnusableError(
                    "The cluster of ADMITONE_REDIS_URL cannot be used: "
                    + ("none of its nodes answers." if found is None else "some slots have no primary.")
                )
            self._take(found)
            for node in self._nodes.values():
                await self._check(node.client)
            follower = asyncio.create_task(self._follow(), name="cluster")
            try:
                yield
            finally:
                await cancelled(follower)
        finally:
            for task in (*self._checks, *(node.task for node in self._nodes.values())):
                if task is not None:
                    await cancelled(task)

    async def send(self, *commands: Command, within: float = REQUEST_WITHIN) -> list[Any]:
        """The answers to `commands`, in their order; each goes to the primary of its key, see `Command.key`.

        In an HTTP request, all calls together wait REQUEST_WITHIN seconds at most (usage.py).

        Raises:
            Busy, OutcomeUnknown, TypeError, UnicodeEncodeError: as Lines.send.
        """
        clock, used = asyncio.get_running_loop().time, current_usage()
        ends = clock() + (within if used is None else min(within, used.begin(clock())))
        try:
            return await self._send(commands, ends)
        finally:
            if used is not None:
                used.end(clock())
            if any(command.script is not None for command in commands):
                self._has_written.set()

    async def pause(self, seconds: float, soon: float) -> None:
        """Wait so long, or `soon` after a script of this process has run: it may have added jobs."""
        if self._has_written.is_set():
            self._has_written.clear()
            seconds = min(seconds, soon)
        try:
            async with asyncio.timeout(max(seconds, 0)):
                await self._has_written.wait()
        except TimeoutError:
            return
        self._has_written.clear()
        await asyncio.sleep(soon)

    async def confirm(self) -> None:
        """Wait until replicas have everything that this HTTP request has read, as Lines.confirm does.

        Raises OutcomeUnknown if too few replicas have it, or if it was read from a server that is no primary
        any more.
        """
        used = current_usage()
        if not self.replicas or (used is not None and used.is_confirmed):
            return
        read_from = set(used.servers) if used else set()
        concerned = [lines for lines in self.primaries if used is None or lines.server in read_from]
        found = await asyncio.gather(*(each.confirm_all() for each in concerned), return_exceptions=True)
        if read_from - set(_first(found)):
            raise OutcomeUnknown

    async def _send(self, commands: Sequence[Command], ends: float) -> list[Any]:
        groups: dict[Node | None, list[int]] = {}
        for number, command in enumerate(commands):
            groups.setdefault(self._owners[slot_of(command.key)], []).append(number)
        if len(groups) == 1:
            return await self._to_node(next(iter(groups)), commands, ends)
        parts = [[commands[number] for number in numbers] for numbers in groups.values()]
        found = await asyncio.gather(
            *(self._to_node(node, part, ends) for node, part in zip(groups, parts, strict=True)),
            return_exceptions=True,
        )
        answers: list[Any] = [None] * len(commands)
        for numbers, some in zip(groups.values(), _first(found), strict=True):
            for number, answer in zip(numbers, some, strict=True):
                answers[number] = answer
        return answers

    async def _to_node(self, node: Node | None, commands: Sequence[Command], ends: float) -> list[Any]:
        """Send to the node; what it does not carry out goes where it belongs, each command for itself.

        While a slot moves, some of its keys are here and some are there, and a node that takes the slot over
        answers for a key that it does not have yet as if there were none.
        """
        error: Exception = ClusterDownError("")
        try:
            if node is not None:
                return await node.lines.deliver(commands, ends - asyncio.get_running_loop().time())
        except (AskError, *LATER, Busy, OutcomeUnknown) as caught:
            error = caught
        if len(commands) == 1:
            return [await Delivery(self, commands[0], ends).go_on(node, error)]
        has_failed = isinstance(error, Busy | OutcomeUnknown)
        deliveries = [Delivery(self, command, ends) for command in commands]
        return list(
            _first(
                await asyncio.gather(
                    *(each.go_on(node, error) if has_failed else each.begin() for each in deliveries),
                    return_exceptions=True,
                )
            )
        )

    def owner(self, slot: int) -> Node | None:
        """The primary of a slot."""
        return self._owners[slot]

    def moved(self, slot: int, asked: Node, error: MovedError) -> Node:
        """A node has said that another one serves a slot: believe it, and read the map anew."""
        node = self._owners[slot] = self.named(asked, error)
        node.lines.write_at(node.lines.written or key_in(slot, slot))
        self.generation += 1
        self._on_loss()
        self._stale.set()
        return node

    def named(self, asked: Node, error: AskError) -> Node:
        """The node that an error names; without a host, on the machine of the one that was asked."""
        return self._node(Place(error.host or asked.place.host, int(error.port)))

    def lost(self) -> None:
        """A connection was lost: another node may be the primary."""
        self._on_loss()
        self._stale.set()

    async def _follow(self) -> None:
        """Read the map whenever it may have changed; again and again while a primary does not answer."""
        while True:
            await self._stale.wait()
            self._stale.clear()
            found, answered = await read_map(self._address, self._known)
            if found is not None and found.epoch >= self._epoch:
                self._take(found)
            if found is None or not found.is_whole or set(found.primaries) - answered:
                self._stale.set()
            await asyncio.sleep(LOOK_EVERY)

    def _take(self, found: SlotMap) -> None:
        """Use a map, open the primaries that are new, and leave those that are none any more."""
        before, self._epoch = list(self._owners), found.epoch
        self._owners = [None] * SLOTS
        for first, last, place in found.ranges:
            node = self._node(place)
            node.lines.write_at(key_in(first, last))
            self._owners[first : last + 1] = [node] * (last - first + 1)
        self._known = list(dict.fromkeys((*found.primaries, *found.replicas, *self._address.seeds)))
        if before != self._owners:
            self.generation += 1
            self._on_loss()
        serving = set(found.primaries)
        for place in [place for place in self._nodes if place not in serving]:
            node = self._nodes.pop(place)
            if node.task is not None:
                node.task.cancel()

    def _node(self, place: Place) -> Node:
        node = self._nodes.get(place)
        if node is None:
            client = self._address.open(place)
            lines = Lines(client, self.replicas, self.lost, is_alone=False)
            node = self._nodes[place] = Node(place, client, lines)
            node.task = asyncio.create_task(node.serve(), name=f"primary {place.host}:{place.port}")
            if self._epoch >= 0:
                self._check_later(node)
        return node

    def _check_later(self, node: Node) -> None:
        async def check() -> None:
            try:
                await self._check(node.client)
            except RedisUnusableError as error:
                log.critical(
                    "primary-may-lose-data", node=f"{node.place.host}:{node.place.port}", why=str(error)
                )

        task = asyncio.create_task(check(), name="check of a new primary")
        self._checks.add(task)
        task.add_done_callback(self._checks.discard)


def _first(found: Sequence[Any]) -> Sequence[Any]:
    """The results, or the worst of the errors: whoever may have written must not be told `busy`."""
    errors = [each for each in found if isinstance(each, BaseException)]
    if errors:
        raise next((each for each in errors if isinstance(each, OutcomeUnknown)), errors[0])
    return found
