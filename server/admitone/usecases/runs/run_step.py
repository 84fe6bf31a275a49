"""The jobs `run.step` and `run.wake`: let a run go on from where it stands, step by step, as far as it can.

A job that dies is done again: the run's own record says which step is next, and each step's effect is written
in the script that moves the run on, or has an id that is derived from run and step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.contacts.merge import different_tags_told
from admitone.domain.errors import Busy, Refusal
from admitone.domain.jobs.job import JobDelayed, JobFailed, JobNotDue
from admitone.domain.jobs.job_retry import ATTEMPTS
from admitone.domain.workflows.figures import BOOKED, OPENED
from admitone.domain.workflows.run import run_timer
from admitone.domain.workflows.steps import SendEmail, Wait
from admitone.store.codes import Code
from admitone.store.outbox.outbox import put_in
from admitone.store.records.workflows.run_change import RunChange
from admitone.store.records.workflows.run_writes import change_run, note_seen, pause_mailbox
from admitone.store.records.workflows.runs import read_runs
from admitone.usecases.runs.run_effects import perform
from admitone.usecases.runs.run_move import (
    Did,
    Fails,
    Holds,
    Outcome,
    any_since,
    stop_run,
    write_outcome,
)
from admitone.usecases.runs.run_state import Orphan, read_run_state
from admitone.usecases.runs.runs_forget import forget_runs

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.workflows.run import Why
    from admitone.domain.workflows.steps import Step
    from admitone.usecases.runs.run_state import RunState
    from admitone.usecases.shared.services import Services

RACES = 10
"""How often a run may be found changed by somebody else before the job is put off."""
LOOK_AGAIN = 60
"""Seconds after which a workflow that was paused is looked at once more."""
PAUSE = 60
"""Seconds for which no more runs are admitted after a mail could not be sent."""


async def step_run(services: Services, job: Job) -> None:
    """Let the job's run go on.

    Raises JobDelayed for a step to be tried again, JobNotDue for a wait that is not over, and Busy.
    """
    run = job.event.run
    assert run
    lost = 0
    while lost < RACES:
        state = await read_run_state(services, job.workspace, run)
        if state is None or not state.run.is_under_way or state.run.status == "failed":
            return
        if isinstance(state, Orphan) and state.is_workflow_gone:
            await forget_runs(services, job.workspace, state.run.workflow)
            return
        if isinstance(state, Orphan):
            await stop_run(services, job.workspace, state.run, "no_contact")
            return
        code = await _go_on(services, job, state)
        if code is None:
            return
        lost += code is not Code.OK
    raise Busy


async def wake_run(services: Services, job: Job) -> None:
    """Something happened that the job's run may wait for, to its link or to its booking.

    A run that waits gets its own job, which judges the wait: this job, done again after it had moved the run
    on, would find a run that does not wait. At any other step, the step's job looks by itself.
    """
    found = await read_runs(services.store, job.workspace, [job.detail])
    if not found:
        return
    run = found[0]
    is_booked = job.event.type == "booking.scheduled"
    if (is_booked or job.event.type == "link.opened") and not run.is_opened:  # whoever books has opened it
        await note_seen(services.store, job.workspace, run, "opened", [OPENED])
    if is_booked and not run.is_booked:
        await note_seen(services.store, job.workspace, run, "booked", [BOOKED])
    if run.status == "waiting" and run.until is not None:
        work = run_timer(run.id, services.now()).text(job.workspace)
        await put_in(services.store, job.workspace, [work])


async def _go_on(services: Services, job: Job, state: RunState) -> Code | None:
    """Do the step at which the run stands; the code of its script, or None if nothing is left to do now."""
    if why := _why_stopped(state):
        return await stop_run(services, job.workspace, state.run, why, state=state)
    if state.workflow.is_paused:
        return await _hold_up(services, state)
    step = state.standing.step
    outcome = await _outcome(services, job, state, step) if step else Did()
    if isinstance(outcome, Holds) and _is_held(state, outcome):
        raise JobNotDue(outcome.until)
    code = await write_outcome(services, state, step, outcome)
    if code is Code.TOO_MANY:
        outcome = Fails(different_tags_told())
        code = await write_outcome(services, state, step, outcome)
    if code is Code.LINK_BOOKED:
        return await stop_run(services, job.workspace, state.run, "booked", state=state)
    return _after(services, job, step, outcome, code)


def _after(services: Services, job: Job, step: Step | None, outcome: Outcome, code: Code) -> Code | None:
    """The code, or None if the job has nothing more to do.

    The next step has attempts of its own: raises JobNotDue if this was not the job's first attempt.
    """
    if code is not Code.OK:
        return None if code is Code.NOT_FOUND else code
    if isinstance(outcome, Did):
        if job.attempt:
            raise JobNotDue(services.now())
        return code
    return code if isinstance(outcome, Holds) and _may_be_over(step) else None


async def _outcome(services: Services, job: Job, state: RunState, step: Step) -> Outcome:
    """What became of the step; it fails once trying again cannot help."""
    try:
        return await perform(services, job, state, step)
    except JobFailed as failed:
        return Fails(failed.reason, failed.waits_for)
    except JobDelayed as delayed:
        if isinstance(step, SendEmail) and state.body.sender:
            pause = max(delayed.after or 0, PAUSE)
            await pause_mailbox(services.store, job.workspace, state.body.sender, pause)
        if job.attempt + 1 < ATTEMPTS:
            raise
        return Fails(delayed.reason)
    except Refusal as refusal:
        if refusal.retry:
            raise
        return Fails(refusal.sentences()[0])


async def _hold_up(services: Services, state: RunState) -> Code | None:
    """Put the run into the queue of its paused workflow, from where it goes on when the pause ends."""
    run, now = state.run, services.now()
    workspace = state.snapshot.workspace
    change = RunChange(status="waiting", queued=run.entered_at * 1_000_000, gate=now + LOOK_AGAIN)
    code = await change_run(services.store, workspace, run, change, now)
    return None if code is Code.OK else code


def _why_stopped(state: RunState) -> Why:
    """Why the run ends before its next step; the script looks again."""
    if not state.workflow.goes_on(state.run.version):
        return "stopped_workflow"
    mode = state.body.stop_on_booking
    if mode is not None and any(link.bookings for link in state.links.values()):
        return "booked"
    since = any_since(state.run, mode) if mode else None
    booked_at = state.contact.booked_at
    return "booked_elsewhere" if since is not None and booked_at is not None and booked_at >= since else ""


def _is_held(state: RunState, holds: Holds) -> bool:
    """Whether the run waits as the outcome says already."""
    run = state.run
    return run.status == "waiting" and (run.until, run.begun_at) == (holds.until, holds.begun_at)


def _may_be_over(step: Step | None) -> bool:
    """Whether what the step waits for may have happened while the wait was written: then look again.

    The event that ends such a wait wakes only a run that waits already.
    """
    return isinstance(step, Wait) and (step.link is not None or step.booking is not None)
