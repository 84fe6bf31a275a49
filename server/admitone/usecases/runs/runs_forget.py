"""Remove what is kept of the runs of a workflow that was deleted: nothing of them stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.index import read_index
from admitone.store.records.readers import read_links
from admitone.store.records.workflows.forgetting import forget_rest, forget_runs_of
from admitone.store.records.workflows.runs import read_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.workflows.run import Run
    from admitone.usecases.shared.services import Services

AT_ONCE = 100


async def forget_runs(services: Services, workspace: str, workflow: str) -> None:
    """Remove the runs, some at a time, with the workflow's figures; doing it again changes nothing.

    A contact who enters while the workflow is being deleted is forgotten by the job of their run, or by the
    one that admits it.
    """
    store = services.store
    entered = store.keys(workspace).workflow_runs(workflow)
    while found := await read_index(store, entered, after=None, limit=AT_ONCE, newest_first=False):
        ids = [entry.id for entry in found]
        runs = await read_runs(store, workspace, ids)
        bookings = await _bookings(services, workspace, runs)
        await forget_runs_of(store, workspace, workflow, ids, runs, bookings)
        services.run_counts["stopped"] += sum(run.is_under_way for run in runs)
    await forget_rest(store, workspace, workflow)


async def _bookings(services: Services, workspace: str, runs: Sequence[Run]) -> list[str]:
    """The bookings for which these runs may wait: those of their triggers, and those by their links."""
    waiting = [run for run in runs if run.begun_at is not None]
    named = dict.fromkeys(run.booking for run in waiting if run.booking)
    ids = list(dict.fromkeys(run.newest_link for run in waiting if run.newest_link))
    links = await read_links(services.store, workspace, ids) if ids else []
    return list(named | dict.fromkeys(booking for link in links for booking in link.bookings[-1:]))
