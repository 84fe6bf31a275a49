"""Everything that is stored, to see that nothing of it changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.support.raw_database import read_workspaces
from tests.support.reports.invariants import report_hashes

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.raw_database import Workspace
    from tests.support.reports.invariants import Hashes

TELEMETRY = {"fetched", "fetches"}


def without_fetches(hashes: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The hashes without what is known of links that were fetched."""
    kept = {
        name: {field: value for field, value in fields.items() if field not in TELEMETRY}
        for name, fields in hashes.items()
    }
    return {name: fields for name, fields in kept.items() if fields}


def counters_without_fetches(workspace: Workspace) -> Hashes:
    """The counters of reports without what is counted of links that were fetched."""
    counted = {
        name: Counter({field: number for field, number in fields.items() if not field.startswith("fetched:")})
        for name, fields in report_hashes(workspace).items()
    }
    return {name: fields for name, fields in counted.items() if fields}


async def stored(client: Redis) -> list[Any]:
    """The values of all workspaces but the telemetry of links, in a form that compares."""
    found = []
    for workspace in await read_workspaces(client):
        hashes = without_fetches(workspace.hashes)
        hashes.get("counts", {}).pop("manage_link_requests", None)  # counts questions, whatever came of them
        found.append(
            (
                hashes,
                workspace.sets,
                workspace.unordered,
                workspace.lists,
                workspace.texts,
                counters_without_fetches(workspace),
                {name: stream.entries for name, stream in workspace.streams.items()},
                workspace.jobs.entries,
            )
        )
    return found
