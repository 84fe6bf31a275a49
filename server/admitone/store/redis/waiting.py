"""The commands of one caller while they wait for their answers, and what an answer means for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from redis.exceptions import NoScriptError, OutOfMemoryError, ResponseError

from admitone.domain.errors import Busy, OutcomeUnknown, StorageFull
from admitone.store.redis.line import is_demoted

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from admitone.store.redis.coalescer import Command

_REFUSED = re.compile(r"(?:^|-)(OOM|MISCONF|NOREPLICAS) ")


class Waiting:
    """The commands of one caller, and the future of their answers, in the same order."""

    __slots__ = ("answer", "attempts", "commands", "packed", "unanswered")

    def __init__(self, commands: Sequence[Command], answer: asyncio.Future[list[Any]]) -> None:
        self.commands = commands
        self.packed = (
            commands[0].packed() if len(commands) == 1 else b"".join([each.packed() for each in commands])
        )
        self.answer = answer
        self.attempts = 0
        """The number of trips that failed with these commands."""
        self.unanswered = 0
        """How often they were sent without an answer: so often they may have run."""

    def settle(self, answers: list[Any], errors: Sequence[ResponseError] = ()) -> None:
        """Give the caller the answers, or raise the first of these errors."""
        if self.answer.done():
            return
        if errors:
            self.fail(_meaning(errors[0]))
        else:
            self.answer.set_result(answers)

    def errors(self, answers: Sequence[Any]) -> list[ResponseError]:
        """The errors among the answers, except those of telemetry."""
        return [
            answer
            for command, answer in zip(self.commands, answers, strict=True)
            if isinstance(answer, ResponseError) and not command.is_telemetry
        ]

    def give_up(self) -> None:
        """Raise OutcomeUnknown at the caller if a write may have run, else Busy."""
        self.fail(OutcomeUnknown() if self.unanswered and self.is_durable else Busy())

    @property
    def is_durable(self) -> bool:
        """Whether a command changes data that must not be lost."""
        return any(command.is_durable for command in self.commands)

    def fail(self, error: Exception) -> None:
        """Raise `error` at the caller, unless the caller stopped waiting."""
        if not self.answer.done():
            self.answer.set_exception(error)


class Trip:
    """One round trip: what became of its requests.

    With `holds`, answers without an error are held until replicas have what was written.
    """

    def __init__(self, requests: list[Waiting], *, holds: bool) -> None:
        self.requests = requests
        self.held: list[tuple[Waiting, list[Any]]] = []
        self.lacking: list[tuple[Waiting, list[Any]]] = []
        """Requests with a script that Redis does not know by its digest: it did not run."""
        self.refused: list[Waiting] = []
        """Requests that a server did not carry out because it is no longer the primary."""
        self._holds = holds

    def take(self, request: Waiting, answers: list[Any]) -> None:
        """Settle the request, or remember why that must wait."""
        failed = [answer for answer in answers if isinstance(answer, ResponseError)]
        if not failed and not self._holds:  # nearly always
            request.settle(answers)
            return
        errors = request.errors(answers) if failed else failed
        if any(isinstance(answer, NoScriptError) for answer in failed):
            self.lacking.append((request, answers))
        elif any(is_demoted(error) for error in errors):
            request.unanswered -= 1
            self.refused.append(request)
        elif self._holds and not errors:
            self.held.append((request, answers))
        else:
            request.settle(answers, errors)


def _meaning(error: ResponseError) -> Exception:
    """StorageFull or Busy if Redis did nothing for lack of memory, disk or replicas; else the error itself.

    Redis 6.2 wraps the error that stopped a script in another error, so the text is searched.
    """
    found = _REFUSED.search(str(error))
    if isinstance(error, OutOfMemoryError) or (found and found[1] == "OOM"):
        return StorageFull()
    return Busy() if found else error
