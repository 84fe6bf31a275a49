"""Jobs: the work that follows from an event. One use case does each job and repeats it until it succeeds.

A job may run twice, late, or after a job that was planned later. So its handler reads the records as they are
when it runs, and brings the outside world (calendars, mailboxes, webhooks) into line with them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain import tokens
from admitone.domain.event import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

Subject = Literal["booking", "link", "record", "run"]
_LETTERS: Mapping[Subject, str] = {"booking": "b", "link": "l", "record": "r", "run": "u"}
_SUBJECTS: Mapping[str, Subject] = {letter: subject for subject, letter in _LETTERS.items()}
_TIMER_PARTS = 4


class Job(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to do in `workspace`; `id` is the same for all attempts, which `attempt` counts from 0.

    `detail` is a parameter that the event does not have, such as a webhook's id or a reminder's minutes.
    `held` is the subject of the mail that it holds while a budget is used up. `untold` says that its
    recipient has had no mail about the booking, because nothing could send the first one. `request` is the id
    of the request from which it follows, for the log; jobs of timers have none.
    """

    id: str
    name: str
    workspace: str
    event: Event
    detail: str = ""
    attempt: int = 0
    held: str = ""
    untold: bool = False
    request: str = ""


class JobDelayed(Exception):  # noqa: N818 - it says what becomes of the job
    """The job could not be done yet. It is tried again, after at least `after` seconds if that is given."""

    def __init__(self, reason: str, after: int | None = None) -> None:
        self.reason = reason
        self.after = after
        super().__init__(reason)


class JobNotDue(Exception):  # noqa: N818 - it says what becomes of the job
    """The time that the job waits for has moved. It runs again at `at` (epoch seconds); it did not fail.

    `held` is the subject of the mail that it holds until then.
    """

    def __init__(self, at: int, held: str = "") -> None:
        self.at = at
        self.held = held
        super().__init__(at)


class JobFailed(Exception):  # noqa: N818 - it says what becomes of the job
    """A retry would not help: the job is parked with `reason`, a sentence for administrators.

    `waits_for` is the id of the user who has to reconnect Google first, if that is the cause.
    """

    def __init__(self, reason: str, waits_for: str | None = None) -> None:
        self.reason = reason
        self.waits_for = waits_for
        super().__init__(reason)


class Work(msgspec.Struct, frozen=True):
    """A planned job that runs at once."""

    name: str
    detail: str = ""


class Timer(msgspec.Struct, frozen=True):
    """A job that is planned for `at` (epoch seconds); a record has at most one timer of each name.

    If it is planned twice, the earlier time counts, and a handler that runs too early raises `JobNotDue`. So
    a timer is never late, in whatever order two events of one record are planned.
    """

    name: str
    subject: Subject
    id: str
    at: int
    detail: str = ""

    def text(self, workspace: str) -> str:
        """The timer as Redis stores it: short, because every link has one, and without its time."""
        parts = [self.name, workspace, _LETTERS[self.subject] + self.id, self.detail]
        return " ".join(parts if self.detail else parts[:-1])


def job_of_work(work: Work, workspace: str, event: Event, entry: str, request: str = "") -> Job:
    """The job that follows from the event of an outbox entry, which a `request` has made."""
    name = job_id(workspace, entry, work.name, work.detail)
    return Job(name, work.name, workspace, event, work.detail, request=request)


def job_of_timer(text: str, at: int) -> Job:
    """The job of a timer's text, which was due by `at`; raises ValueError if the text is not a timer."""
    name, workspace, subject, detail = f"{text} ".split(" ", _TIMER_PARTS - 1)
    if not tokens.is_workspace(workspace) or subject[:1] not in _SUBJECTS or not subject[1:]:
        raise ValueError("not a timer")
    said = {"type": "timer.due", "at": at, "by": "system", _SUBJECTS[subject[0]]: subject[1:]}
    event = msgspec.convert(said, Event)
    return Job(job_id(workspace, text), name, workspace, event, detail.strip())


def job_id(*parts: str) -> str:
    """The id that is derived from these parts: 26 lower-case characters."""
    return tokens.encode(hashlib.sha256("\n".join(parts).encode()).digest(), tokens.ID_LENGTH).lower()
