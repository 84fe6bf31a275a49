"""One round trip for many requests: what is asked for while a trip is under way goes out with the next.

Everything sent here may be sent again: reads change nothing, every script that changes a record finds its
operation applied and answers as the first time, and telemetry may count twice. So a lost connection is
answered by sending again, by this file alone; redis-py's own retries are off.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, OutOfMemoryError, ReadOnlyError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.redis.connect import ANSWER_WITHIN
from admitone.store.redis.line import Line, pack
from admitone.store.redis.scripts import Script

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from redis.asyncio import Redis


log = structlog.get_logger()

Argument = str | bytes | int | float

ATTEMPTS = 4
"""The first and three more after a lost connection."""
FIRST_PAUSE = 0.05
"""Seconds before the second attempt; each further pause is four times as long."""
QUEUE_LENGTH = 4096
REPLICATED_WITHIN = 2000
"""Milliseconds that replicas have to take what was written."""
TRIP_LENGTH = 512
"""Requests in one round trip, so that a burst does not make the first of it wait for all of it."""


_PASSING = re.compile(r"(?:^|-)(?:OOM|READONLY|MISCONF|NOREPLICAS) ")


class Command(msgspec.Struct, frozen=True):
    """One Redis command, or a script's call where `script` is given and `args` are its keys and argument."""

    args: tuple[Argument, ...]
    script: Script | None = None
    is_telemetry: bool = False
    """Nobody waits for its outcome: the request that it goes with succeeds or fails without it."""

    def packed(self, *, by_text: bool = False) -> bytes:
        """The command as it is sent; a script goes by its digest, or by its text if Redis lacks it.

        Raises TypeError or UnicodeEncodeError for what Redis cannot be told.
        """
        if self.script is None:
            return pack(self.args)
        head = ("EVAL", self.script.text) if by_text else ("EVALSHA", self.script.sha)
        return pack((*head, len(self.args) - 1, *self.args))


def script_call(
    script: Script, keys: Sequence[str], argument: bytes, *, is_telemetry: bool = False
) -> Command:
    """A call of `script`; `argument` is the MessagePack map that its header describes."""
    return Command((*keys, argument), script, is_telemetry)


class _Waiting:
    """What one caller waits for: the answers to its commands, in their order."""

    __slots__ = ("answer", "commands", "packed", "sent")

    def __init__(self, commands: Sequence[Command], answer: asyncio.Future[list[Any]]) -> None:
        self.commands = commands
        self.packed = b"".join([command.packed() for command in commands])
        self.answer = answer
        self.sent = 0
        """In how many trips it went out."""

    def settle(self, answers: Sequence[Any]) -> None:
        """Give the caller the answers, or the first of them that is an error."""
        for command, answer in zip(self.commands, answers, strict=True):
            if isinstance(answer, ResponseError) and not command.is_telemetry:
                self.fail(Busy() if _passes(answer) else answer)
        if not self.answer.done():
            self.answer.set_result(list(answers))

    @property
    def writes(self) -> bool:
        """Whether it changes what must not be lost."""
        return any(command.script and not command.is_telemetry for command in self.commands)

    def give_up(self) -> None:
        """Tell the caller that there will be no answer."""
        self.fail(OutcomeUnknown() if self.writes and self.sent else Busy())

    def fail(self, error: Exception) -> None:
        """Raise `error` at the caller, unless it has gone."""
        if not self.answer.done():
            self.answer.set_exception(error)


def _passes(error: ResponseError) -> bool:
    """Whether Redis did nothing, for a reason that passes: no memory or disk left, or a replica yet.

    Redis 6.2 tells of what stopped a script within an error of the script's own.
    """
    return isinstance(error, OutOfMemoryError | ReadOnlyError) or _PASSING.search(str(error)) is not None


_Answered = tuple[_Waiting, list[Any]]


class Coalescer:
    """Sends commands to one Redis; `run` is its task, and must be under way.

    What is written is answered once so many `replicas` have it as well.
    """

    def __init__(self, client: Redis, replicas: int = 0) -> None:
        self._replicas = replicas
        self._line = Line(client, answer_within=ANSWER_WITHIN)
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._has_ended = False
        self.trips = 0
        """Round trips made so far."""

    @property
    def waiting(self) -> int:
        """Requests that wait for the next round trip."""
        return len(self._waiting)

    async def send(self, *commands: Command) -> list[Any]:
        """The answers to `commands`, in their order; answers that are Redis errors are raised.

        Raises Busy where the queue is full, where Redis cannot be reached for a read, or does not take writes
        at present; OutcomeUnknown where a
        script may or may not have been carried out, and TypeError or UnicodeEncodeError for what cannot be
        sent.
        """
        if self._has_ended or len(self._waiting) >= QUEUE_LENGTH:
            raise Busy
        request = _Waiting(commands, asyncio.get_running_loop().create_future())
        self._waiting.append(request)
        self._wake.set()
        return await request.answer

    async def run(self) -> None:
        """Make trips for as long as there are requests; ends when it is cancelled."""
        trip: list[_Waiting] = []
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

    async def _make(self, trip: list[_Waiting]) -> None:
        for request in trip:
            request.sent += 1
        lacking: list[_Answered] = []
        held: list[_Answered] = []
        arriving = iter(trip)

        def take(answers: list[Any]) -> None:
            request = next(arriving)
            if any(isinstance(answer, NoScriptError) for answer in answers):
                lacking.append((request, answers))
            elif self._replicas and request.writes:
                held.append((request, answers))
            else:
                request.settle(answers)

        try:
            await self._exchange([one.packed for one in trip], [len(one.commands) for one in trip], take)
            if lacking:
                held += await self._send_texts(lacking)
            if self._replicas and held:
                await self._await_replicas(held)
            for request, answers in held:
                request.settle(answers)
        except (RedisConnectionError, RedisTimeoutError, OSError):
            trip[:] = [request for request in trip if not request.answer.done()]
            await self._again(trip)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, and others be served
            for request in trip:
                request.fail(error)

    async def _exchange(
        self, packed: list[bytes], counts: list[int], take: Callable[[list[Any]], None]
    ) -> None:
        self.trips += 1
        await self._line.exchange(b"".join(packed), counts, take)

    async def _send_texts(self, lacking: list[_Answered]) -> list[_Answered]:
        """Send again, with their text, the calls of scripts that Redis lacks: they were not carried out."""
        missing = [
            (answers, place, request.commands[place])
            for request, answers in lacking
            for place, answer in enumerate(answers)
            if isinstance(answer, NoScriptError)
        ]
        found: list[list[Any]] = []
        packed = [command.packed(by_text=True) for _, _, command in missing]
        await self._exchange(packed, [1] * len(missing), found.append)
        for (answers, place, _), [answer] in zip(missing, found, strict=True):
            answers[place] = answer
        return lacking

    async def _await_replicas(self, held: list[_Answered]) -> None:
        """Wait until enough replicas have what this connection wrote; else nobody can say that it stays."""
        found: list[list[Any]] = []
        await self._exchange([pack(("WAIT", self._replicas, REPLICATED_WITHIN))], [1], found.append)
        [[reached]] = found
        if reached < self._replicas:
            log.warning("replicas-behind", reached=reached, wanted=self._replicas)
            for request, _ in held:
                request.fail(OutcomeUnknown())

    async def _again(self, trip: list[_Waiting]) -> None:
        """Put what may be tried again first in the queue, and wait for Redis to come back."""
        for request in reversed(trip):
            if request.sent < ATTEMPTS:
                self._waiting.appendleft(request)
            else:
                request.give_up()
        trip.clear()
        if self._waiting:
            await asyncio.sleep(FIRST_PAUSE * 4 ** max(self._waiting[0].sent - 1, 0))
