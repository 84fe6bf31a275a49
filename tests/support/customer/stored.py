"""Everything that is stored, to see that nothing of it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from redis.asyncio import Redis

TELEMETRY = {"fetched", "fetches"}


def without_fetches(hashes: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The hashes without what is known, and counted for reports, of links that were fetched."""
    kept = {
        name: {
            field: value
            for field, value in fields.items()
            if field not in TELEMETRY
            and not (name.startswith("report:") and (field.startswith("fetched:") or field == "changes"))
        }
        for name, fields in hashes.items()
    }
    return {name: fields for name, fields in kept.items() if fields}


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
                {name: stream.entries for name, stream in workspace.streams.items()},
                workspace.jobs.entries,
            )
        )
    return found
