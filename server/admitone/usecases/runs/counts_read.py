"""The figures of a workflow: its funnel, and how many runs are at each step or left it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.workflows.figures import (
    BOOKED,
    ENDED,
    ENTERED,
    LOOPS,
    MAILED,
    OPENED,
    read_step_figure,
)
from admitone.store.records.workflows.run_writes import read_figures
from admitone.usecases.shared.record_writes import existing

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class StepCounts(msgspec.Struct, kw_only=True):
    """Runs that stand at a step (`waiting`, `failed`), and how often it was done or skipped."""

    waiting: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0


class WorkflowCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The funnel counts runs: those that entered, and those whose contact was mailed, opened a link, booked.

    A link that was booked counts as opened, also if nobody was seen on its page. `done` and `stopped` runs
    have ended; `queued` ones wait for their turn. `loops` counts contacts who did not enter, because
    workflows had started each other five times in a row. `steps` are by id, of all versions.
    """

    entered: int
    mailed: int
    opened: int
    booked: int
    done: int
    stopped: int
    failed: int
    queued: int
    loops: int
    steps: Mapping[str, StepCounts]


async def read_counts(services: Services, caller: Caller, workflow: str) -> WorkflowCounts:
    """The figures as they are now; raises NotFound."""
    await existing(caller, "workflow", workflow)
    figures, queued = await read_figures(services.store, caller.workspace, workflow)
    steps: dict[str, StepCounts] = {}
    for name, count in figures.items():
        if (found := read_step_figure(name)) is not None:
            step, figure = found
            counts = steps.setdefault(step, StepCounts())
            setattr(counts, figure, getattr(counts, figure) + count)
    return WorkflowCounts(
        entered=figures.get(ENTERED, 0),
        mailed=figures.get(MAILED, 0),
        opened=figures.get(OPENED, 0),
        booked=figures.get(BOOKED, 0),
        done=figures.get(ENDED["done"], 0),
        stopped=figures.get(ENDED["stopped"], 0),
        failed=sum(counts.failed for counts in steps.values()),
        queued=queued,
        loops=figures.get(LOOPS, 0),
        steps=steps,
    )
