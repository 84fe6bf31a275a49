"""Everything that is stored, to see that nothing of it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from redis.asyncio import Redis

TELEMETRY = {"fetched", "fetches"}


async def stored(client: Redis) -> list[Any]:
    """The values of all workspaces but the telemetry of links, in a form that compares."""
    found = []
    for workspace in await read_workspaces(client):
        hashes = {
            name: {field: value for field, value in fields.items() if field not in TELEMETRY}
            for name, fields in workspace.hashes.items()
        }
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
