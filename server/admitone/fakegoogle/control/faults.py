"""Faults on request: the next calls of a method fail in a given way.

A held call waits until the test releases it, not for a time: tests determine the order and do not wait.
"""

from __future__ import annotations

import asyncio
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec

from admitone.fakegoogle.errors import AnswerLost, backend_error, quota_exceeded, rate_limited

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

Kind = Literal[
    "429",
    "403",
    "500",
    "503",
    "timeout",
    "slow",
    "work_done_answer_lost",
    "work_done_timeout",
    "revoked_grant",
    "garbage",
    "forged_id_token",
]


class Forgery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an id token is forged: replaced claims (None removes one), another algorithm, another key."""

    claims: dict[str, Any] = {}
    algorithm: Literal["RS256", "HS256", "none"] = "RS256"
    key: Literal["current", "other", "other_with_kid"] = "current"


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A fault of the next `times` calls (None: all) whose method matches, such as `calendar.events.*`.

    Without `delay` (seconds) a held call waits for `release`. `account` restricts the fault to one account's
    calls.
    """

    match: str
    kind: Kind
    account: str | None = None
    times: int | None = 1
    retry_after: int | None = None
    delay: float | None = None
    forgery: Forgery = Forgery()


class Faults:
    """The faults that wait for a call, and the held calls."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.held = 0
        self._released = asyncio.Event()

    def add(self, fault: Fault) -> None:
        """Add a fault; earlier faults happen first."""
        self.waiting.append(fault)

    def clear(self) -> None:
        """Remove all faults and let held calls continue."""
        self.waiting.clear()
        self.release()

    def release(self) -> None:
        """Let the held calls continue."""
        self._released.set()
        self._released = asyncio.Event()

    def take(self, method: str, account: str | None) -> Fault | None:
        """The fault for this call, or None; it is counted as used."""
        for fault in self.waiting:
            if fnmatchcase(method, fault.match) and fault.account in (None, account):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.waiting.remove(fault)
                return fault
        return None

    async def around(self, fault: Fault | None, work: Callable[[], Result]) -> Result:
        """Run `work` with `fault`.

        Raises `ApiError` for a fault that is answered, and `AnswerLost` for one that is not.
        """
        if fault is None:
            return work()
        match fault.kind:
            case "429":
                raise rate_limited(fault.retry_after)
            case "403":
                raise quota_exceeded()
            case "500":
                raise backend_error(500)
            case "503":
                raise backend_error(503)
            case "timeout":
                await self._hold(fault)
                raise AnswerLost
            case "slow":
                await self._hold(fault)
                return work()
            case "work_done_answer_lost":
                work()
                raise AnswerLost
            case "work_done_timeout":
                work()
                await self._hold(fault)
                raise AnswerLost
            case "revoked_grant" | "garbage" | "forged_id_token":
                return work()

    async def _hold(self, fault: Fault) -> None:
        self.held += 1
        try:
            if fault.delay is None:
                await self._released.wait()
            else:
                await asyncio.sleep(fault.delay)
        finally:
            self.held -= 1
