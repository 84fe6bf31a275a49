"""Ends runs by the dozen: those of a workflow that stops or is deleted, and those of a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Busy
from admitone.store.codes import Code
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.workflows.runs import read_contact_runs, read_runs
from admitone.usecases.runs.run_move import stop_run
from admitone.usecases.runs.run_state import Orphan, complete
from admitone.usecases.runs.runs_forget import forget_runs
from admitone.usecases.shared.index_walk import walk_index

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.workflows.run import Run, Why
    from admitone.usecases.shared.services import Services

ATTEMPTS = 5


async def end_runs(services: Services, job: Job) -> None:
    """End the runs of the job's workflow that do not go on; if the workflow was deleted, forget all."""
    workflow = job.detail
    snapshot = await read_snapshot(services.store, job.workspace, Wanted(records=(("workflow", workflow),)))
    [found] = await snapshot.load(("workflow", workflow))
    if found is None:
        await forget_runs(services, job.workspace, workflow)
        return
    async for ids in walk_index(services.store, services.store.keys(job.workspace).workflow_runs(workflow)):
        for run in await read_runs(services.store, job.workspace, ids):
            if not found.goes_on(run.version):
                await end_run(services, job.workspace, run, "stopped_workflow")


async def stop_runs_of(services: Services, workspace: str, contact: str, why: Why) -> None:
    """End all runs of a contact, as before the contact is erased; raises Busy.

    All, since the cause of a failed run may name the contact's address, and ending the run removes it.
    """
    for run in await read_contact_runs(services.store, workspace, contact, most=None):
        await end_run(services, workspace, run, why)


async def end_run(services: Services, workspace: str, run: Run, why: Why) -> bool:
    """End a run, unless it has ended; whoever changes it meanwhile goes first. Raises Busy."""
    for _ in range(ATTEMPTS):
        if not run.is_under_way:
            return False
        state = await complete(services, workspace, run)
        known = None if isinstance(state, Orphan) else state
        code = await stop_run(services, workspace, run, why, state=known)
        if code is Code.OK:
            return True
        found = await read_runs(services.store, workspace, [run.id])
        if not found:
            return False
        run = found[0]
    raise Busy
