"""Lists of runs: of a workflow, and of a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.domain.workflows.run import RunStatus  # noqa: TC001 - queries are decoded by it
from admitone.domain.workflows.workflow import version_id
from admitone.store.records.workflows.runs import read_contact_runs, read_runs
from admitone.usecases.runs.run_view import RunView, view_run
from admitone.usecases.shared.listing import Listing, ListQuery, filtered_listing
from admitone.usecases.shared.record_writes import existing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.workflows.run import Run
    from admitone.usecases.shared.services import Caller, Services


class RunQuery(ListQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of a list of runs."""

    status: RunStatus | None = None
    contact: str | None = None


async def list_runs(services: Services, caller: Caller, workflow: str, query: RunQuery) -> Listing[RunView]:
    """One page of a workflow's runs, the newest first; raises NotFound, and Invalid for a bad cursor.

    A contact's runs are all on one page.
    """
    await existing(caller, "workflow", workflow)
    store, keys = services.store, services.store.keys(caller.workspace)
    if query.contact is not None:
        runs = await read_contact_runs(store, caller.workspace, query.contact)
        wanted = [run for run in runs if run.workflow == workflow and query.status in {None, run.status}]
        return Listing(await view_runs(caller, wanted), None)
    failed = query.status == "failed"
    found = await filtered_listing(
        store,
        keys.failed_runs(workflow) if failed else keys.workflow_runs(workflow),
        cursor=query.cursor,
        limit=query.limit,
        newest_first=True,
        read=lambda ids: read_runs(store, caller.workspace, ids),
        matches=lambda run: query.status in {None, run.status},
    )
    return Listing(await view_runs(caller, found.items), found.next_cursor)


async def list_contact_runs(services: Services, caller: Caller, contact: str) -> list[RunView]:
    """All runs of a contact, the newest first."""
    return await view_runs(caller, await read_contact_runs(services.store, caller.workspace, contact))


async def read_run(services: Services, caller: Caller, run: str) -> RunView:
    """One run with its history; raises NotFound."""
    found = await read_runs(services.store, caller.workspace, [run])
    if not found:
        raise NotFound
    return (await view_runs(caller, found))[0]


async def view_runs(caller: Caller, runs: Sequence[Run]) -> list[RunView]:
    """The views of runs, each with the steps of its version."""
    wanted = [("workflow_version", version_id(run.workflow, run.version)) for run in runs]
    versions = await caller.snapshot.load(*wanted) if wanted else []
    return [view_run(run, published) for run, published in zip(runs, versions, strict=True)]
