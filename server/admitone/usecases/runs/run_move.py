"""Write what became of a step: the run moves on, waits, ends or fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.event import Event
from admitone.domain.workflows.figures import ENDED, MAILED, RESULTS, step_figure
from admitone.domain.workflows.run import EntryStatus, RunEntry, Why
from admitone.store.codes import Code
from admitone.store.records.contacts.contacts import ContactChange
from admitone.store.records.workflows.run_change import NewLink, RunChange
from admitone.store.records.workflows.run_writes import change_run
from admitone.usecases.webhooks.webhook_list import read_webhooks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from admitone.domain.event import EventKind
    from admitone.domain.workflows.moves import Decision, Move
    from admitone.domain.workflows.run import Run
    from admitone.domain.workflows.steps import Step
    from admitone.usecases.runs.run_state import RunState
    from admitone.usecases.shared.services import Services

AT_REST: dict[str, Any] = {"begun_at": None, "until": None, "waits_for": None, "why": ""}
"""What a run that has moved does not have any more."""


class Did(msgspec.Struct, frozen=True):
    """A step is done, or was skipped; with the effects that belong to the same script."""

    status: EntryStatus = "done"
    why: Why = ""
    link: NewLink | None = None
    contact: ContactChange | None = None
    mailbox: tuple[str, str] | None = None
    attended: str | None = None
    """The booking that the step waited for."""
    is_last: bool = False
    """Whether the run ends here, whatever follows."""


class Holds(msgspec.Struct, frozen=True):
    """The run stays at its step until a time (epoch seconds); `begun_at` is when its step began to wait."""

    until: int
    begun_at: int | None = None
    attends: str | None = None
    """The booking that the step waits for."""


class Stops(msgspec.Struct, frozen=True):
    """The run ends here."""

    why: Why


class Fails(msgspec.Struct, frozen=True):
    """The step cannot be done, for a `cause` in words; `waits_for` has to reconnect Google first."""

    cause: str
    waits_for: str | None = None


Outcome = Did | Holds | Stops | Fails


async def write_outcome(services: Services, state: RunState, step: Step | None, outcome: Outcome) -> Code:
    """Write it, unless the run was changed since it was read, or a booking stops it (LINK_BOOKED)."""
    if step is None:
        change = await moved_on(services, state, None, Did())
    elif isinstance(outcome, Did):
        change = await moved_on(services, state, step, outcome)
    elif isinstance(outcome, Holds):
        change = _held(services, state, step, outcome)
    elif isinstance(outcome, Fails):
        change = await _failed(services, state, step, outcome)
    else:
        return await stop_run(services, state.snapshot.workspace, state.run, outcome.why, state=state)
    return await _write(services, state.snapshot.workspace, state.run, with_stop_check(state, change))


def with_stop_check(state: RunState, change: RunChange) -> RunChange:
    """The change, unless a booking stops the run: `own` and `any` look at the links of the run."""
    mode = state.body.stop_on_booking
    if mode is None:
        return change
    return msgspec.structs.replace(change, own=sorted(state.links), since=any_since(state.run, mode))


def any_since(run: Run, mode: Literal["own", "any"]) -> int | None:
    """Since when a booking by the contact stops the run; the booking that started the run does not."""
    return None if mode == "own" else run.entered_at + (run.booking is not None)


async def stop_run(
    services: Services, workspace: str, run: Run, why: Why, *, state: RunState | None = None
) -> Code:
    """End the run as stopped. Without `state`, its workflow or its contact is gone."""
    step = state.route.steps[run.position] if state and run.position is not None else None
    event = await _event(services, state, "workflow.stopped") if state else None
    change = RunChange(
        status="stopped",
        fields={**AT_REST, "position": None, "why": why},
        adds=[ENDED["stopped"]],
        takes=[_standing_figure(run, step)] if step else [],
        attends=(state.booking.id, False) if state and state.booking and run.begun_at else None,
        event=event,
    )
    return await _write(services, workspace, run, change)


async def _write(services: Services, workspace: str, run: Run, change: RunChange) -> Code:
    code = await change_run(services.store, workspace, run, change, services.now())
    if code is Code.OK and change.status in RESULTS:
        services.run_counts[change.status] += 1
    return code


async def _failed(services: Services, state: RunState, step: Step, fails: Fails) -> RunChange:
    """The run stays at its step as failed, until somebody retries, skips or stops it."""
    run, now = state.run, services.now()
    decisions = _decision_entries(state, state.standing, now)
    return RunChange(
        status="failed",
        fields={"position": state.route.position(step), "waits_for": fails.waits_for, "until": None},
        entries=[*decisions, RunEntry(state.route.position(step), "failed", now)],
        adds=[*_passed(state, decisions), step_figure(run.version, step.id, "failed")],
        takes=[_standing_figure(run, step)] if run.position is not None else [],
        cause=fails.cause,
        event=await _event(services, state, "workflow.failed"),
        told=_told(services, state, "workflow.failed"),
    )


async def moved_on(services: Services, state: RunState, step: Step | None, did: Did) -> RunChange:
    """The run goes to the next step, through branches that are decided now, or ends as done."""
    run, now, route = state.run, services.now(), state.route
    facts = state.facts
    if did.contact is not None and did.contact.after is not None:
        facts = msgspec.structs.replace(facts, contact=did.contact.after)
    came = _decision_entries(state, state.standing, now)
    following = route.after(step, facts) if step and not did.is_last else None
    entries = [*came, *([RunEntry(route.position(step), did.status, now, did.why)] if step else [])]
    passed = _decision_entries(state, following, now) if following else []
    goes_to = following.step if following else None
    figures = [*_passed(state, [*came, *passed])]
    if step:
        figures.append(step_figure(run.version, step.id, did.status))
    if did.mailbox and not run.is_mailed:
        figures.append(MAILED)
    figures.append(step_figure(run.version, goes_to.id, "waiting") if goes_to else ENDED["done"])
    return RunChange(
        status="running" if goes_to else "done",
        fields={**AT_REST, "position": route.position(goes_to) if goes_to else None},
        entries=[*entries, *passed],
        adds=figures,
        takes=[_standing_figure(run, step)] if step and run.position is not None else [],
        attends=(did.attended, False) if did.attended else None,
        mailbox=did.mailbox,
        link=did.link,
        contact=did.contact,
        event=None if goes_to else await _event(services, state, "workflow.finished"),
    )


def _held(services: Services, state: RunState, step: Step, holds: Holds) -> RunChange:
    run, now = state.run, services.now()
    decisions = _decision_entries(state, state.standing, now)
    is_new = run.position is None
    return RunChange(
        status="waiting",
        fields={
            "position": state.route.position(step),
            "begun_at": holds.begun_at,
            "until": holds.until,
            "why": "",
        },
        entries=decisions,
        adds=[
            *_passed(state, decisions),
            *([step_figure(run.version, step.id, "waiting")] if is_new else []),
        ],
        due=holds.until,
        attends=(holds.attends, True) if holds.attends else None,
    )


def _decision_entries(state: RunState, move: Move, now: int) -> list[RunEntry]:
    """The entries of the *If/else* steps that a move passes."""

    def entry(decision: Decision) -> RunEntry:
        return RunEntry(
            state.route.position(decision.branch), "done", now, "then" if decision.holds else "else"
        )

    return [entry(decision) for decision in move.decisions]


def _passed(state: RunState, entries: Sequence[RunEntry]) -> list[str]:
    steps = state.route.steps
    return [step_figure(state.run.version, steps[entry.position].id, "done") for entry in entries]


def _standing_figure(run: Run, step: Step) -> str:
    """The figure in which a run counts that stands at a step."""
    return step_figure(run.version, step.id, "failed" if run.status == "failed" else "waiting")


async def _event(services: Services, state: RunState, kind: EventKind) -> Event | None:
    """The event for the outbox, if a webhook wants it: so ten thousand runs plan no jobs for nobody."""
    webhooks = await read_webhooks(state.snapshot)
    return _told(services, state, kind) if webhooks.wanting(kind) else None


def _told(services: Services, state: RunState, kind: EventKind) -> Event:
    run = state.run
    return Event(
        type=kind,
        at=services.now(),
        by="workflow",
        workflow=run.workflow,
        run=run.id,
        contact=run.contact,
    )
