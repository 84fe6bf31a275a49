"""Runs as people see them: what ran, with what, and why something was skipped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.workflows.moves import Route
from admitone.domain.workflows.run import RunStatus, Why
from admitone.domain.workflows.steps import AddTags, RemoveTags, SetField, kind_of
from admitone.texts.kept_message import restore
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.workflows.run import Run
    from admitone.domain.workflows.steps import Step
    from admitone.domain.workflows.workflow import Published

WHY: Mapping[Why, str] = {
    "": "",
    "booked": message("A link of this run was booked."),
    "booked_elsewhere": message("The contact has booked."),
    "by_hand": message("By hand."),
    "cancelled": message("The booking was cancelled."),
    "else": message("The conditions did not hold."),
    "erased": message("The contact’s data were erased."),
    "lapsed": message("The limits on mails did not allow it within a day."),
    "link_gone": message("The link has expired or was revoked."),
    "no_contact": message("The contact does not exist any more."),
    "opened": message("The link was opened."),
    "stopped_workflow": message("The workflow was unpublished, and its runs were stopped."),
    "then": message("The conditions held."),
    "time": message("The time had come."),
    "unsubscribed": message("The contact has unsubscribed."),
}
QUEUED = message("Waits for its turn: the mailbox has a limit of mails per minute and per day.")


class StepRunView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What happened at one step of a run; `step` is null if the version is gone.

    `status` is `waiting` for the step at which the run stands; then `at` is when the wait began, if it has.
    """

    step: str | None
    kind: str | None
    status: str
    at: Instant | None
    detail: str
    link: str | None = None


class RunView(msgspec.Struct, frozen=True, kw_only=True):
    """A run of a workflow; `step` is the id of the step at which it stands.

    `until` is when a waiting run goes on; null while it waits to be admitted. `detail` says why it stopped or
    failed. `before` is the contact's run of this workflow before this one.
    """

    id: str
    workflow: str
    version: int
    contact: str
    status: RunStatus
    step: str | None
    entered_at: Instant
    until: Instant | None
    detail: str
    before: str | None
    history: Sequence[StepRunView]


def view_run(run: Run, published: Published | None) -> RunView:
    """The view; `published` is the run's version, None if the workflow was deleted."""
    steps = Route(published.body.steps).steps if published else ()
    standing = _at(steps, run.position)
    return RunView(
        id=run.id,
        workflow=run.workflow,
        version=run.version,
        contact=run.contact,
        status=run.status,
        step=standing.id if standing else None,
        entered_at=Instant(run.entered_at),
        until=None if run.until is None else Instant(run.until),
        detail=_detail(run),
        before=run.before,
        history=[*_history(run, steps), *_present(run, standing)],
    )


def _history(run: Run, steps: Sequence[Step]) -> list[StepRunView]:
    last = len(run.history) - 1
    found = []
    for place, entry in enumerate(run.history):
        step = _at(steps, entry.position)
        failed_now = entry.status == "failed" and run.status == "failed" and place == last
        found.append(
            StepRunView(
                step=step.id if step else None,
                kind=kind_of(step) if step else None,
                status=entry.status,
                at=Instant(entry.at),
                detail=_cause(run) if failed_now else WHY[entry.why] or _what(step),
                link=run.links.get(entry.position) if entry.status == "done" else None,
            )
        )
    return found


def _present(run: Run, step: Step | None) -> list[StepRunView]:
    if step is None or run.status not in {"waiting", "running"}:
        return []
    at = None if run.begun_at is None else Instant(run.begun_at)
    return [StepRunView(step=step.id, kind=kind_of(step), status="waiting", at=at, detail="")]


def _detail(run: Run) -> str:
    if run.status == "failed":
        return _cause(run)
    return QUEUED if run.status == "waiting" and run.until is None else WHY[run.why]


def _cause(run: Run) -> str:
    return restore(run.cause, run.said)


def _what(step: Step | None) -> str:
    """With what the step ran, as far as its version says so."""
    match step:
        case AddTags() | RemoveTags():
            return ", ".join(step.tags)
        case SetField():
            return step.name
        case _:
            return ""


def _at(steps: Sequence[Step], position: int | None) -> Step | None:
    return steps[position] if position is not None and position < len(steps) else None
