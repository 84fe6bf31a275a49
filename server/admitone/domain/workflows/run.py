"""A run: one contact's way through one version of a workflow (docs/rules/workflows.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from admitone.domain.budgets import Budget
from admitone.domain.jobs.job import Timer, job_id
from admitone.texts.kept_message import KeptMessage

if TYPE_CHECKING:
    from admitone.domain.workflows.workflow import ReEntry

RunStatus = Literal["waiting", "running", "done", "failed", "stopped"]
UNDER_WAY: Final = frozenset({"waiting", "running", "failed"})
"""A failed run is under way: it can be retried."""
EntryStatus = Literal["done", "skipped", "failed"]
Why = Literal[
    "",
    "booked",
    "booked_elsewhere",
    "by_hand",
    "cancelled",
    "else",
    "erased",
    "lapsed",
    "link_gone",
    "no_contact",
    "opened",
    "stopped_workflow",
    "then",
    "time",
    "unsubscribed",
]
"""Why something happened to a run, as its history has it: never a text with personal data."""
DEEPEST: Final = 5
"""The depth at which an event starts no run."""
ID_LENGTH = 16
PER_DAY: Final = Budget(400, 86_400)
PER_MINUTE: Final = Budget(20, 60)
"""Mails of workflows from one mailbox."""


class RunEntry(msgspec.Struct, frozen=True):
    """What happened at one step: its position in the version's reading order, and when (epoch seconds)."""

    position: int
    status: EntryStatus
    at: int
    why: Why = ""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A run as it is stored; times are epoch seconds.

    `position` is that of the step at which the run stands, None before it begins and once it has ended.
    `moves` counts its changes: a script changes a run only if nobody has meanwhile. A waiting run has
    `until`, and `begun_at` once its step has begun to wait; one that waits to be admitted has neither.
    """

    id: str
    workflow: str
    version: int
    contact: str
    status: RunStatus
    entered_at: int
    position: int | None = None
    moves: int = 0
    depth: int = 0
    begun_at: int | None = None
    until: int | None = None
    link: str | None = None
    """The link of the event that started the run."""
    booking: str | None = None
    """The booking of the event that started the run."""
    before: str | None = None
    """The contact's run of this workflow before this one."""
    links: Mapping[int, str] = {}
    """The links that the run made, by the positions of the steps that made them, oldest first."""
    history: Sequence[RunEntry] = ()
    why: Why = ""
    """Why a stopped run was stopped."""
    cause: str = ""
    """Why a failed run failed, a sentence; `said` is its message."""
    said: KeptMessage | None = None
    waits_for: str | None = None
    """The user who has to reconnect Google before a retry helps."""
    is_mailed: bool = False
    is_opened: bool = False
    is_booked: bool = False

    @property
    def is_under_way(self) -> bool:
        """Whether the run has not ended."""
        return self.status in UNDER_WAY

    @property
    def newest_link(self) -> str | None:
        """The newest link that the run made, else the link of its trigger."""
        return self.links[max(self.links, key=self._age)] if self.links else self.link

    def _age(self, position: int) -> int:
        return next((place for place, entry in enumerate(self.history) if entry.position == position), -1)


def run_id(workspace: str, workflow: str, contact: str, cause: str) -> str:
    """The id of the run that `cause` (an outbox entry, an operation, a link) starts for a contact.

    It is derived, so that one event never starts two runs.
    """
    return job_id(workspace, workflow, contact, cause)[:ID_LENGTH]


def run_timer(run: str, at: int) -> Timer:
    """The timer that lets a run go on."""
    return Timer("run.step", "run", run, at)


def admission_timer(workflow: str, at: int) -> Timer:
    """The timer that admits runs of a workflow."""
    return Timer("workflow.admit", "record", workflow, at)


def sweep_timer(workflow: str, at: int) -> Timer:
    """The timer that finds the links that were not booked, for a workflow with that trigger."""
    return Timer("workflow.sweep", "record", workflow, at)


def may_enter(re_entry: ReEntry, before: RunStatus | None) -> bool:
    """Whether a contact may enter; `before` is the status of their latest run of this workflow.

    `run_enter.lua` follows the same rule; a test compares the two.
    """
    if before is None or re_entry == "always":
        return True
    return re_entry == "when_finished" and before not in UNDER_WAY
