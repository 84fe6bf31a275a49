"""Removes what is kept of the runs of a workflow that was deleted.

Plain commands do it: each removes what nothing refers to any more, and all of them may be sent again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.workflows.run import admission_timer, run_timer, sweep_timer
from admitone.store.records.workflows.runs import contact_field
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.workflows.run import Run
    from admitone.store.store import Store


async def forget_runs_of(
    store: Store,
    workspace: str,
    workflow: str,
    ids: Sequence[str],
    runs: Sequence[Run],
    bookings: Sequence[str],
) -> None:
    """Remove the runs with these `ids`; `runs` are those that have a record.

    `bookings` are those for which one of them may wait. What only a run's record tells goes before the
    record, and the place in the list of runs goes last: so whoever repeats this after a failure misses
    nothing. Once the record is gone, a step under way writes nothing any more; what it wrote before that goes
    after the record.
    """
    keys = store.keys(workspace)
    contacts = dict.fromkeys(keys.contact(run.contact) for run in runs)
    timers = [run_timer(run, 0).text(workspace) for run in ids]
    waiting = [Command(("ZREM", keys.booking_runs(booking), *ids)) for booking in bookings]
    indexes = (keys.failed_runs(workflow), keys.queued_runs(workflow))
    await store.send(
        *(Command(("HDEL", contact, contact_field(workflow))) for contact in contacts),
        *waiting,
        Command(("DEL", *(keys.run(run) for run in ids))),
        *waiting,
        *(Command(("ZREM", index, *ids)) for index in indexes),
        Command(("ZREM", keys.delayed, *timers)),
        Command(("ZREM", keys.workflow_runs(workflow), *ids)),
    )


async def forget_rest(store: Store, workspace: str, workflow: str) -> None:
    """Remove what is left of a workflow without runs: figures, timers, enrolments, events of its hook."""
    keys = store.keys(workspace)
    [ids] = await store.send(Command(("ZRANGE", keys.enrolments(workflow), 0, -1)))
    gone = [
        *(keys.enrolment(one.decode()) for one in ids),
        keys.enrolments(workflow),
        keys.workflow_figures(workflow),
        keys.workflow_sweep(workflow),
        keys.hook_sample(workflow),
        keys.hook_misses(workflow),
    ]
    timers = [timer(workflow, 0).text(workspace) for timer in (admission_timer, sweep_timer)]
    await store.send(Command(("DEL", *gone)), Command(("ZREM", keys.delayed, *timers)))
