"""One round trip for many requests: commands that arrive during a trip are sent together in the next one.

Every command here may be sent twice: reads change nothing, a script that changes a record finds that its
operation is applied and gives the first answer again, and telemetry may count twice. So after a lost
connection this file sends again. Nothing else does: redis-py's own retries are off.
"""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError

from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.request_id import current
from admitone.store.keys import WRITTEN
from admitone.store.redis.deadline import Deadlines
from admitone.store.redis.line import LOST, is_demoted, pack
from admitone.store.redis.scripts import Script
from admitone.store.redis.usage import REQUEST_WITHIN
from admitone.store.redis.waiting import Trip, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from admitone.store.redis.line import Line

log = structlog.get_logger()

Argument = str | bytes | int | float

ATTEMPTS = 4
"""One attempt, and three more after lost connections."""
FIRST_PAUSE = 0.05
"""Seconds before the second attempt; each further pause is four times as long."""
QUEUE_LENGTH = 4096
REPLICATED_WITHIN = 2000
"""Milliseconds within which replicas must confirm a write."""
TRIP_LENGTH = 512
"""Requests in one round trip at most, so that in a burst the first request does not wait for all."""
# fmt: off
READS = frozenset({
    "ASKING", "CLIENT", "DBSIZE", "ECHO", "EXISTS", "GET", "HGET", "HGETALL", "HMGET", "INFO", "LRANGE",
    "MGET", "SCAN", "SISMEMBER", "SMEMBERS", "XINFO", "XLEN", "XPENDING", "XRANGE", "XREVRANGE", "ZCARD",
    "ZMSCORE", "ZRANGE", "ZRANGEBYLEX", "ZRANGEBYSCORE", "ZREVRANGE", "ZREVRANGEBYSCORE",
})
# fmt: on
"""Commands that change nothing. Any other command counts as a write."""
SERVER_COMMANDS = frozenset({"ASKING", "BGREWRITEAOF", "CLIENT", "DBSIZE", "INFO", "SCAN"})
"""Commands about a server and not about keys."""
SUBCOMMANDS = frozenset({"XGROUP", "XINFO"})
"""Commands whose key comes after their second word."""


class Command(msgspec.Struct, frozen=True):
    """One Redis command, or the call of `script` with `args` as its keys and its argument."""

    args: tuple[Argument, ...]
    script: Script | None = None
    is_telemetry: bool = False
    """The caller ignores an error of this command, and what it writes may be lost."""
    may_be_lost: bool = False
    """What the command writes may be lost in a failover: nobody is told that it is kept."""
    request_id: str = ""
    """The request whose event the script writes to the outbox: its second argument, if there is one."""

    by_text: bool = False
    """The script is sent as text: the server may not know it, and is asked only once."""

    @property
    def key(self) -> str | bytes:
        """The key by which a cluster finds the primary; all keys of a command are in the same slot.

        Raises TypeError for a command without keys, which concerns one server (`Primaries.primaries`).
        """
        place = 0 if self.script is not None else 2 if self.args[0] in SUBCOMMANDS else 1
        key = self.args[place] if len(self.args) > place else None
        if self.args[0] in SERVER_COMMANDS or not isinstance(key, str | bytes):
            raise TypeError(f"{self.args[0]!r} names no key")
        return key

    def by_its_text(self) -> Command:
        """This command, for a server that is asked only once."""
        return self if self.script is None else msgspec.structs.replace(self, by_text=True)

    @property
    def is_durable(self) -> bool:
        """Whether the command writes what must not be lost."""
        if self.is_telemetry or self.may_be_lost:
            return False
        return self.script is not None or self.args[0] not in READS

    def packed(self, *, by_text: bool = False) -> bytes:
        """The command as bytes. A script is named by its digest, or sent as text with `by_text`.

        Raises TypeError or UnicodeEncodeError for arguments that cannot be sent to Redis.
        """
        if self.script is None:
            return pack(self.args)
        head = ("EVAL", self.script.text) if by_text or self.by_text else ("EVALSHA", self.script.sha)
        more = (self.request_id,) if self.request_id else ()
        return pack((*head, len(self.args) - 1, *self.args, *more))


def script_call(
    script: Script, keys: Sequence[str], argument: bytes, *, is_telemetry: bool = False
) -> Command:
    """A call of `script`; `argument` is the MessagePack map that its header describes."""
    request_id = current() if script.announces else ""
    return Command((*keys, argument), script, is_telemetry, request_id=request_id)


class Coalescer:
    """Sends commands over one line to Redis; `run` must be running as a task.

    With `replicas`, each trip ends with a small write and WAIT, in the same packet: its answers are given
    when so many replicas have everything that was written by then. WAIT covers only what its own connection
    wrote. So without the small write, the answer that an operation was applied before would pass at once.
    """

    def __init__(self, line: Line, replicas: int = 0) -> None:
        self._line = line
        self._replicas = replicas
        self.written: str | None = WRITTEN
        """The key of the small write; None for a node of a cluster that has no slots yet."""
        self._waiting: deque[Waiting] = deque()
        self._deadlines = Deadlines()
        self._wake = asyncio.Event()
        self._has_ended = False
        self.trips = 0
        """Round trips made so far."""
        self.is_behind = False
        """Whether answers wait for replicas now, or the last ones waited in vain."""

    @property
    def waiting(self) -> int:
        """Requests that wait for the next round trip."""
        return len(self._waiting)

    @property
    def server(self) -> str:
        """The id of the server that answered last; each start of a Redis has another."""
        return self._line.server

    def ask(self, commands: Sequence[Command], within: float = REQUEST_WITHIN) -> asyncio.Future[list[Any]]:
        """The answers to `commands`, in the same order; an answer that is a Redis error is raised.

        Raises, at once or when the future is awaited:
            Busy: the queue is full, Redis did not answer a read within so many seconds or cannot be reached,
                or it does not accept writes now.
            OutcomeUnknown: a write may or may not have run, or too few replicas have it.
            TypeError, UnicodeEncodeError: arguments cannot be sent to Redis.
        """
        if self._has_ended or len(self._waiting) >= QUEUE_LENGTH:
            raise Busy
        loop = asyncio.get_running_loop()
        request = Waiting(commands, loop.create_future())
        self._waiting.append(request)
        self._wake.set()
        self._deadlines.add(request, loop.time() + within)
        return request.answer

    async def run(self) -> None:
        """Make a trip whenever requests wait, until this task is cancelled."""
        trip: list[Waiting] = []
        try:
            while True:
                await self._wake.wait()
                trip = [self._waiting.popleft() for _ in range(min(len(self._waiting), TRIP_LENGTH))]
                if trip:
                    await self._make(trip)
                if not self._waiting:
                    self._wake.clear()
        finally:
            self._has_ended = True
            for request in (*trip, *self._waiting):
                request.give_up()
            await self._line.close()

    async def _make(self, requests: list[Waiting]) -> None:
        trip = Trip(requests, holds=self._replicas > 0)
        try:
            await self._line.connect()
            await self._send(trip)
            if trip.lacking:
                await self._send_texts(trip)
            await self._again(trip.refused)
        except LOST:
            await self._again(trip.requests)
        except Exception as error:  # noqa: BLE001 - its callers get it; others are served
            for request in requests:
                request.fail(error)

    async def _send(self, trip: Trip) -> None:
        """Send the requests whose callers still wait: nothing may be done for one who was told `busy`."""
        requests = trip.requests = [request for request in trip.requests if not request.answer.done()]
        for request in requests:
            request.unanswered += 1
        arriving = iter(requests)
        await self._exchange(
            trip,
            [one.packed for one in requests],
            [len(one.commands) for one in requests],
            lambda answers: trip.take(next(arriving), answers),
        )

    async def _send_texts(self, trip: Trip) -> None:
        """Send calls again with the script's text if Redis did not know it: such calls have not run."""
        lacking, trip.lacking = trip.lacking, []
        missing = [
            [
                command
                for command, answer in zip(request.commands, answers, strict=True)
                if isinstance(answer, NoScriptError)
            ]
            for request, answers in lacking
        ]
        arriving = iter(lacking)

        def take(found: list[Any]) -> None:
            request, answers = next(arriving)
            texts = iter(found)
            trip.take(request, [next(texts) if isinstance(one, NoScriptError) else one for one in answers])

        await self._exchange(
            trip,
            [command.packed(by_text=True) for commands in missing for command in commands],
            [len(commands) for commands in missing],
            take,
        )

    async def _exchange(
        self, trip: Trip, packed: list[bytes], counts: list[int], take: Callable[[list[Any]], None]
    ) -> None:
        self.trips += 1
        if not self._replicas:
            await self._line.exchange(b"".join(packed), counts, take)
            return
        confirmation: list[Any] = []
        takes = chain(repeat(take, len(counts)), [confirmation.extend])

        def take_next(answers: list[Any]) -> None:
            next(takes)(answers)
            self.is_behind = bool(trip.held)

        self.is_behind = False
        small = ("SET", self.written, 1) if self.written else ("ASKING",)
        packed += [pack(small), pack(("WAIT", self._replicas, REPLICATED_WITHIN))]
        await self._line.exchange(b"".join(packed), [*counts, 2], take_next)
        if any(is_demoted(answer) for answer in confirmation):
            raise RedisConnectionError("the server is no longer the primary")
        await self._confirm(trip, *confirmation)

    async def _confirm(self, trip: Trip, written: Any, reached: Any) -> None:
        """Give the held answers if enough replicas have what was written; else raise OutcomeUnknown there.

        A primary without replicas may have been replaced, so its connection is given up.
        """
        held, trip.held = trip.held, []
        is_kept = written == b"OK" and isinstance(reached, int) and reached >= self._replicas
        for request, answers in held:
            if is_kept:
                request.settle(answers)
            else:
                request.fail(OutcomeUnknown())
        if is_kept:
            self.is_behind = False
        elif held:
            log.warning("replicas-behind", reached=str(reached), wanted=self._replicas)
            await self._line.drop()

    async def _again(self, requests: list[Waiting]) -> None:
        """Put the requests back at the head of the queue if they have attempts left, then pause."""
        if not requests:
            return
        for request in reversed(requests):
            request.attempts += 1
            if request.attempts >= ATTEMPTS:
                request.give_up()
            elif not request.answer.done():
                self._waiting.appendleft(request)
        if self._waiting:
            await asyncio.sleep(FIRST_PAUSE * 4 ** max(self._waiting[0].attempts - 1, 0))
