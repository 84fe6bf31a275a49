"""Jobs: what follows from an event, each done by one use case, as often as it takes.

A job may run twice, late, and after one that was planned later: its handler looks at the records as they are
when it runs, and makes the world agree with them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain import tokens
from admitone.domain.event import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

Subject = Literal["booking", "link", "record"]
_LETTERS: Mapping[Subject, str] = {"booking": "b", "link": "l", "record": "r"}
_SUBJECTS: Mapping[str, Subject] = {letter: subject for subject, letter in _LETTERS.items()}
_TIMER_PARTS = 4


class Job(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to do in `workspace`; `id` stays the same over retries, `attempt` counts those from 0.

    `detail` is what the event does not say, such as a webhook's id or a reminder's minutes.
    """

    id: str
    name: str
    workspace: str
    event: Event
    detail: str = ""
    attempt: int = 0


class JobDelayed(Exception):  # noqa: N818 - it says what becomes of the job
    """The job could not be done yet: it is tried again, not before `after` seconds where that is given."""

    def __init__(self, reason: str, after: int | None = None) -> None:
        self.reason = reason
        self.after = after
        super().__init__(reason)


class JobNotDue(Exception):  # noqa: N818 - it says what becomes of the job
    """What the job waits for has moved: it runs again at `at` (epoch seconds), which is no failure."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(at)


class JobFailed(Exception):  # noqa: N818 - it says what becomes of the job
    """Trying again would not help: the job is parked with `reason`, a sentence for administrators.

    `waits_for` is the user who has to see to their Google account first, where that is the cause.
    """

    def __init__(self, reason: str, waits_for: str | None = None) -> None:
        self.reason = reason
        self.waits_for = waits_for
        super().__init__(reason)


class Work(msgspec.Struct, frozen=True):
    """A job that is planned to run at once."""

    name: str
    detail: str = ""


class Timer(msgspec.Struct, frozen=True):
    """A job that is planned for `at` (epoch seconds), about one record, and the only one of its kind for it.

    Planned again, the earlier time counts: a handler that finds itself too early raises `JobNotDue`. So no
    order in which two events of one record are planned makes a timer late.
    """

    name: str
    subject: Subject
    id: str
    at: int
    detail: str = ""

    def text(self, workspace: str) -> str:
        """The timer as it lies in Redis, where one waits for every link: short, and without its time."""
        parts = [self.name, workspace, _LETTERS[self.subject] + self.id, self.detail]
        return " ".join(parts if self.detail else parts[:-1])


def job_of_work(work: Work, workspace: str, event: Event, entry: str) -> Job:
    """The job that follows from the event of an outbox entry."""
    return Job(job_id(workspace, entry, work.name, work.detail), work.name, workspace, event, work.detail)


def job_of_timer(text: str, at: int) -> Job:
    """The job of a timer's text that was due by `at`; raises ValueError for what is none."""
    name, workspace, subject, detail = f"{text} ".split(" ", _TIMER_PARTS - 1)
    if not tokens.is_workspace(workspace) or subject[:1] not in _SUBJECTS or not subject[1:]:
        raise ValueError("not a timer")
    said = {"type": "timer.due", "at": at, "by": "system", _SUBJECTS[subject[0]]: subject[1:]}
    event = msgspec.convert(said, Event)
    return Job(job_id(workspace, text), name, workspace, event, detail.strip())


def job_id(*parts: str) -> str:
    """The id that these parts make: 26 lower-case characters."""
    return tokens.encode(hashlib.sha256("\n".join(parts).encode()).digest(), tokens.ID_LENGTH).lower()
