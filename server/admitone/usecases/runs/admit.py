"""The job `workflow.admit`: lets waiting runs begin, at the rate at which a mailbox may send.

So no link waits in a queue while it expires: a run makes its link when its mail can go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.jobs.job import JobNotDue
from admitone.domain.workflows.workflow import version_id
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.workflows.run_writes import admit_runs, read_pause, read_queue
from admitone.usecases.runs.runs_forget import forget_runs

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.workflows.workflow import Workflow
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

AT_ONCE = 100


async def admit_waiting(services: Services, job: Job) -> None:
    """Admit runs of the job's workflow, oldest first; a paused workflow admits none until it goes on.

    Raises JobNotDue with the time at which more can be admitted.
    """
    workflow_id = job.event.record
    assert workflow_id
    store, workspace = services.store, job.workspace
    while runs := await read_queue(store, workspace, workflow_id, AT_ONCE):
        snapshot = await read_snapshot(store, workspace, Wanted(records=(("workflow", workflow_id),)))
        workflow: Workflow | None
        [workflow] = await snapshot.load(("workflow", workflow_id))
        if workflow is None:
            await forget_runs(services, workspace, workflow_id)
            return
        if workflow.is_paused:
            return
        mailbox = await _mailbox(snapshot, workflow)
        if seconds := await read_pause(store, workspace, mailbox):
            raise JobNotDue(services.now() + seconds)
        admitted, wait = await admit_runs(store, workspace, workflow_id, mailbox, runs, services.now())
        if wait and admitted < len(runs):
            raise JobNotDue(services.now() + wait)


async def _mailbox(snapshot: Snapshot, workflow: Workflow) -> str:
    """The user from whose mailbox the present version sends; it gates runs of earlier versions, too."""
    [published] = await snapshot.load(("workflow_version", version_id(workflow.id, workflow.versions)))
    return published.sender if published else ""
