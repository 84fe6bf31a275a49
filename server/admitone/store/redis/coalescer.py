"""One round trip for many requests: commands that arrive during a trip are sent together in the next one.

Every command here may be sent twice: reads change nothing, a script that changes a record finds that its
operation is applied and gives the first answer again, and telemetry may count twice. So after a lost
connection this file sends again. Nothing else does: redis-py's own retries are off.
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
"""One attempt, and three more after lost connections."""
FIRST_PAUSE = 0.05
"""Seconds before the second attempt; each further pause is four times as long."""
QUEUE_LENGTH = 4096
REPLICATED_WITHIN = 2000
"""Milliseconds within which replicas must confirm a write."""
TRIP_LENGTH = 512
"""Requests in one round trip at most, so that in a burst the first request does not wait for all."""


_PASSING = re.compile(r"(?:^|-)(?:OOM|READONLY|MISCONF|NOREPLICAS) ")


class Command(msgspec.Struct, frozen=True):
    """One Redis command, or the call of `script` with `args` as its keys and its argument."""

    args: tuple[Argument, ...]
    script: Script | None = None
    is_telemetry: bool = False
    """The caller ignores an error of this command."""

    def packed(self, *, by_text: bool = False) -> bytes:
        """The command as bytes. A script is named by its digest, or sent as text with `by_text`.

        Raises TypeError or UnicodeEncodeError for arguments that cannot be sent to Redis.
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
    """The commands of one caller, and the future of their answers, in the same order."""

    __slots__ = ("answer", "commands", "packed", "sent")

    def __init__(self, commands: Sequence[Command], answer: asyncio.Future[list[Any]]) -> None:
        self.commands = commands
        self.packed = b"".join([command.packed() for command in commands])
        self.answer = answer
        self.sent = 0
        """The number of trips in which the commands were sent."""

    def settle(self, answers: Sequence[Any]) -> None:
        """Give the caller the answers, or raise the first error among them."""
        for command, answer in zip(self.commands, answers, strict=True):
            if isinstance(answer, ResponseError) and not command.is_telemetry:
                self.fail(Busy() if _passes(answer) else answer)
        if not self.answer.done():
            self.answer.set_result(list(answers))

    @property
    def writes(self) -> bool:
        """Whether a command changes data that must not be lost."""
        return any(command.script and not command.is_telemetry for command in self.commands)

    def give_up(self) -> None:
        """Raise OutcomeUnknown at the caller if a write was sent, else Busy."""
        self.fail(OutcomeUnknown() if self.writes and self.sent else Busy())

    def fail(self, error: Exception) -> None:
        """Raise `error` at the caller, unless the caller stopped waiting."""
        if not self.answer.done():
            self.answer.set_exception(error)


def _passes(error: ResponseError) -> bool:
    """Whether Redis did nothing for a temporary reason: no memory, no disk, or it is still a replica.

    Redis 6.2 wraps the error that stopped a script in another error, so the text is searched.
    """
    return isinstance(error, OutOfMemoryError | ReadOnlyError) or _PASSING.search(str(error)) is not None


_Answered = tuple[_Waiting, list[Any]]


class Coalescer:
    """Sends commands to one Redis; `run` must be running as a task.

    A write is answered when this number of `replicas` has confirmed it.
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
        """The answers to `commands`, in the same order; an answer that is a Redis error is raised.

        Raises:
            Busy: the queue is full, Redis cannot be reached for a read, or it does not accept writes now.
            OutcomeUnknown: a script may or may not have run.
            TypeError, UnicodeEncodeError: arguments cannot be sent to Redis.
        """
        if self._has_ended or len(self._waiting) >= QUEUE_LENGTH:
            raise Busy
        request = _Waiting(commands, asyncio.get_running_loop().create_future())
        self._waiting.append(request)
        self._wake.set()
        return await request.answer

    async def run(self) -> None:
        """Make a trip whenever requests wait, until this task is cancelled."""
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
        except Exception as error:  # noqa: BLE001 - its callers get it; others are served
            for request in trip:
                request.fail(error)

    async def _exchange(
        self, packed: list[bytes], counts: list[int], take: Callable[[list[Any]], None]
    ) -> None:
        self.trips += 1
        await self._line.exchange(b"".join(packed), counts, take)

    async def _send_texts(self, lacking: list[_Answered]) -> list[_Answered]:
        """Send calls again with the script's text if Redis did not know it: such calls have not run."""
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
        """Wait until enough replicas confirm the writes; else raise OutcomeUnknown at their callers."""
        found: list[list[Any]] = []
        await self._exchange([pack(("WAIT", self._replicas, REPLICATED_WITHIN))], [1], found.append)
        [[reached]] = found
        if reached < self._replicas:
            log.warning("replicas-behind", reached=reached, wanted=self._replicas)
            for request, _ in held:
                request.fail(OutcomeUnknown())

    async def _again(self, trip: list[_Waiting]) -> None:
        """Put the requests back at the head of the queue if they have attempts left, then pause."""
        for request in reversed(trip):
            if request.sent < ATTEMPTS:
                self._waiting.appendleft(request)
            else:
                request.give_up()
        trip.clear()
        if self._waiting:
            await asyncio.sleep(FIRST_PAUSE * 4 ** max(self._waiting[0].sent - 1, 0))
