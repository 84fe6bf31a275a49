"""Ask Google when calendars are busy; free, cancelled and declined events do not count.

https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.google.api import Failure, GoogleApi, Request

log = structlog.get_logger()

MOST_CALENDARS = 50
PAUSE = 5
"""Seconds for which a list of times does not ask again about a grant whose question failed."""
GONE = "notFound"


class BusyQuestion(msgspec.Struct, frozen=True):
    """The question when the calendars of one grant are busy in [start, end), epoch seconds."""

    grant: Any
    """A `GoogleGrant`."""
    calendars: tuple[str, ...]
    start: int
    end: int


Busy = list[tuple[int, int]]


class FreeBusy:
    """Asks Google; several questions share one request, each with its own user's token."""

    def __init__(self, api: GoogleApi) -> None:
        self._api = api
        self._asking: dict[BusyQuestion, asyncio.Future[dict[BusyQuestion, Busy | Failure]]] = {}
        self._failed: dict[str, tuple[float, Failure]] = {}

    async def ask(self, questions: Sequence[BusyQuestion]) -> dict[BusyQuestion, Busy | Failure]:
        """Ask now; the result has each question's answer or failure, which is not raised."""
        wanted = list(dict.fromkeys(questions))
        answers = await self._api.batch([(question.grant, _request(question)) for question in wanted])
        found = {question: _busy(answer) for question, answer in zip(wanted, answers, strict=True)}
        self._note(found)
        return found

    async def ask_together(self, questions: Sequence[BusyQuestion]) -> dict[BusyQuestion, Busy | Failure]:
        """As `ask`, but equal questions at the same time share one answer, and a failure is kept for a while.

        A hundred customers who open a page at once cost one call to Google, and if Google does not answer,
        each of them waits once.
        """
        failed = {question: failure for question in questions if (failure := self._lately(question))}
        fresh = [
            question for question in questions if question not in failed and question not in self._asking
        ]
        if fresh:
            asking = asyncio.ensure_future(self.ask(fresh))
            self._asking |= dict.fromkeys(fresh, asking)
            asking.add_done_callback(lambda _: [self._asking.pop(question) for question in set(fresh)])
        waiting = {question: self._asking[question] for question in questions if question not in failed}
        return failed | {
            question: (await asyncio.shield(asking))[question] for question, asking in waiting.items()
        }

    def _lately(self, question: BusyQuestion) -> Failure | None:
        at, failure = self._failed.get(question.grant.refresh_token, (float("-inf"), None))
        return failure if time.monotonic() - at < PAUSE else None

    def _note(self, found: dict[BusyQuestion, Busy | Failure]) -> None:
        now = time.monotonic()
        self._failed = {grant: (at, why) for grant, (at, why) in self._failed.items() if now - at < PAUSE}
        for question, answer in found.items():
            if isinstance(answer, list):
                self._failed.pop(question.grant.refresh_token, None)
            else:
                self._failed[question.grant.refresh_token] = now, answer
                log.warning("free-busy-failed", code=answer.code, reason=answer.reason)


def _request(question: BusyQuestion) -> Request:
    body = {
        "timeMin": _text(question.start),
        "timeMax": _text(question.end),
        "items": [{"id": calendar} for calendar in question.calendars],
        "calendarExpansionMax": MOST_CALENDARS,
    }
    return lambda calendar: calendar.freebusy().query(body=body)


class _Period(msgspec.Struct):
    start: datetime
    end: datetime


class _Error(msgspec.Struct):
    reason: str = ""


class _Calendar(msgspec.Struct):
    busy: list[_Period] = []
    errors: list[_Error] = []


class _Answer(msgspec.Struct):
    calendars: dict[str, _Calendar]


def _busy(answer: Any) -> Busy | Failure:
    """The busy time of all calendars. A deleted calendar blocks nothing; a failed one makes it a failure."""
    if isinstance(answer, GoogleRefused | GoogleUnreachable | GrantRevoked):
        return answer
    try:
        calendars = msgspec.convert(answer, _Answer).calendars.values()
    except msgspec.ValidationError:
        return GoogleUnreachable("no sense in an answer")
    if any(error.reason != GONE for calendar in calendars for error in calendar.errors):
        return GoogleUnreachable("a calendar does not say")
    return [
        (floor(period.start.timestamp()), ceil(period.end.timestamp()))
        for calendar in calendars
        for period in calendar.busy
    ]


def _text(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
