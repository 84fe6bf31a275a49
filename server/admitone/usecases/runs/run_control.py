"""What people do to runs, one or all failed ones: try a failed step again, skip it, or end the run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Literal, cast

import msgspec

from admitone.domain.errors import Busy, NotFound
from admitone.domain.jobs.job import Timer
from admitone.domain.workflows.figures import step_figure
from admitone.domain.workflows.run import Run
from admitone.store.codes import Code
from admitone.store.outbox.outbox import put_in
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.index import read_index
from admitone.store.records.workflows.run_change import RunChange
from admitone.store.records.workflows.run_writes import change_run
from admitone.store.records.workflows.runs import read_runs
from admitone.usecases.calendar_events.calendar_timers import user_of
from admitone.usecases.runs.run_end_all import end_run
from admitone.usecases.runs.run_list import read_run
from admitone.usecases.runs.run_move import Did, moved_on
from admitone.usecases.runs.run_state import Orphan, RunState, complete
from admitone.usecases.shared.index_walk import walk_index
from admitone.usecases.shared.record_writes import existing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.jobs.job import Job
    from admitone.usecases.runs.run_view import RunView
    from admitone.usecases.shared.services import Caller, Services

RunAction = Literal["retry", "skip", "stop"]
Act = Callable[["Services", str, Run], Awaitable[bool]]
"""Does something to one run of a workspace; returns whether it applied."""
ATTEMPTS = 5
AT_ONCE = 100
"""Failed runs that a call changes before it answers."""


class Handled(msgspec.Struct, frozen=True):
    """How many runs were retried, skipped or stopped; with `has_more`, the others follow soon."""

    handled: int
    has_more: bool


async def change_run_by_hand(services: Services, caller: Caller, run_id: str, action: RunAction) -> RunView:
    """Retry, skip or stop one run; returns the run afterwards.

    A run to which this does not apply stays as it is: retrying is for failed runs, skipping for those that
    failed or wait at a step. Raises NotFound, Busy.
    """
    found = await read_runs(services.store, caller.workspace, [run_id])
    if not found:
        raise NotFound
    await _ACTIONS[action](services, caller.workspace, found[0])
    return await read_run(services, caller, run_id)


async def change_failed_runs(services: Services, caller: Caller, workflow: str, action: RunAction) -> Handled:
    """Retry, skip or stop all runs of a workflow that have failed by now: the first ones at once, and the
    others by a job. Raises NotFound, Busy.
    """
    await existing(caller, "workflow", workflow)
    store, workspace, now = services.store, caller.workspace, services.now()
    failed = store.keys(workspace).failed_runs(workflow)
    found = await read_index(store, failed, after=None, limit=AT_ONCE + 1, newest_first=False, high=now)
    ids = [entry.id for entry in found[:AT_ONCE]]
    handled = await _act_on(services, workspace, ids, _ACTIONS[action])
    has_more = len(found) > AT_ONCE
    if has_more:
        others = Timer("workflow.failed_runs", "record", workflow, now, f"{action}:{now}")
        await put_in(store, workspace, [others.text(workspace)])
    return Handled(handled, has_more)


async def handle_failed_runs(services: Services, job: Job) -> None:
    """The job `workflow.failed_runs`: its detail is what to do, and until when the runs have failed."""
    workflow, (action, _, until) = job.event.record, job.detail.partition(":")
    assert workflow
    act = _ACTIONS[cast("RunAction", action)]
    await _change_failed(services, job.workspace, workflow, act, int(until))


async def retry_runs_waiting(services: Services, job: Job) -> None:
    """The job `workflow.retry`: retry the runs that failed because its user had to reconnect Google."""
    user = user_of(job.event)

    async def retry(services: Services, workspace: str, run: Run) -> bool:
        return run.waits_for == user and await _retry(services, workspace, run)

    snapshot = await read_snapshot(services.store, job.workspace, Wanted())
    for workflow in await snapshot.ids("workflow"):
        await _change_failed(services, job.workspace, workflow, retry, services.now())


async def _change_failed(services: Services, workspace: str, workflow: str, act: Act, until: int) -> None:
    """Act on the runs that failed until then: one that fails again at once is not met a second time."""
    async for ids in walk_index(
        services.store, services.store.keys(workspace).failed_runs(workflow), high=until
    ):
        await _act_on(services, workspace, ids, act)


async def _act_on(services: Services, workspace: str, ids: Sequence[str], act: Act) -> int:
    """Act on these runs; returns to how many it applied."""
    runs = await read_runs(services.store, workspace, ids) if ids else []
    return sum([await act(services, workspace, run) for run in runs])


async def _retry(services: Services, workspace: str, run: Run) -> bool:
    async def change(state: RunState) -> RunChange | None:
        step = state.standing.step
        if state.run.status != "failed" or step is None:
            return None
        version = state.run.version
        return RunChange(
            status="running",
            fields={"waits_for": None},
            adds=[step_figure(version, step.id, "waiting")],
            takes=[step_figure(version, step.id, "failed")],
            goes_on=True,
        )

    return await _changed(services, workspace, run, change)


async def _skip(services: Services, workspace: str, run: Run) -> bool:
    async def change(state: RunState) -> RunChange | None:
        step, now = state.standing.step, state.run
        is_at_step = now.status == "failed" or (now.status == "waiting" and now.until is not None)
        if not is_at_step or step is None:
            return None
        attended = state.booking.id if state.booking and now.begun_at else None
        moved = await moved_on(services, state, step, Did("skipped", "by_hand", attended=attended))
        return msgspec.structs.replace(moved, goes_on=moved.status == "running")

    return await _changed(services, workspace, run, change)


async def _stop(services: Services, workspace: str, run: Run) -> bool:
    return await end_run(services, workspace, run, "by_hand")


async def _changed(
    services: Services,
    workspace: str,
    run: Run,
    change: Callable[[RunState], Awaitable[RunChange | None]],
) -> bool:
    """Write the change; False if it does not apply, or if the run can only be stopped. Raises Busy."""
    for _ in range(ATTEMPTS):
        state = await complete(services, workspace, run)
        wanted = None if isinstance(state, Orphan) else await change(state)
        if wanted is None:
            return False
        if await change_run(services.store, workspace, run, wanted, services.now()) is Code.OK:
            return True
        found = await read_runs(services.store, workspace, [run.id])
        if not found:
            return False
        run = found[0]
    raise Busy


_ACTIONS: Mapping[RunAction, Act] = {
    "retry": _retry,
    "skip": _skip,
    "stop": _stop,
}
