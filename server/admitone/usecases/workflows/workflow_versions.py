"""List the published versions of a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.workflows.workflow import version_id
from admitone.store.records.configuration.configuration import read_records
from admitone.store.records.index import IndexEntry
from admitone.usecases.shared.cursor import read_cursor, write_cursor
from admitone.usecases.shared.listing import Listing
from admitone.usecases.shared.published_workflows import VERSION
from admitone.usecases.workflows.workflow_view import VersionView, view_version
from admitone.usecases.workflows.workflow_write import read_workflow

if TYPE_CHECKING:
    from admitone.usecases.shared.listing import ListQuery
    from admitone.usecases.shared.services import Caller, Services


async def list_versions(
    services: Services, caller: Caller, workflow: str, query: ListQuery
) -> Listing[VersionView]:
    """One part of a workflow's versions, newest first; raises NotFound, and Invalid for a bad cursor."""
    last = (await read_workflow(caller, workflow)).versions
    after = read_cursor(query.cursor)
    first = last if after is None else min(after.score - 1, last)
    numbers = range(first, max(first - query.limit, 0), -1)
    ids = [version_id(workflow, number) for number in numbers]
    found = await read_records(services.store, caller.workspace, VERSION, ids)
    rest = first - len(numbers)
    cursor = write_cursor(IndexEntry(rest + 1, workflow)) if rest > 0 else None
    return Listing([view_version(version) for version in found if version is not None], cursor)
