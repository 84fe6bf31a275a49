"""A change of configuration that a failover lost is remembered by no server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.api.calling import Api, answered
from tests.support.api.persistent import insist
from tests.support.store.failover.deployment import deployed_on
from tests.support.store.failover.sentinels import FASTER, sentinel_rig

if TYPE_CHECKING:
    from pathlib import Path


async def test_no_server_remembers_what_was_lost(tmp_path: Path) -> None:
    async with (
        sentinel_rig("valkey", FASTER, lag=0) as rig,
        deployed_on(rig.url, tmp_path, replicas=0) as servers,
    ):
        host = await servers.user()
        path = f"/event-types/{(await host.new_event_type(name='First'))['id']}"
        first, second = (Api(servers.http, process.url, host.key) for process in servers.processes)

        async def seen() -> list[str]:
            return [answered(await insist(lambda: api.get(path)))["name"] for api in (first, second)]  # noqa: B023

        assert await seen() == ["First", "First"]
        await rig.ready()
        rig.network.part()
        answered(await first.patch(path, {"name": "Lost"}))
        assert await seen() == ["Lost", "Lost"]
        await rig.promoted()
        rig.network.heal()
        await rig.ready()
        assert await seen() == ["First", "First"]
        answered(await insist(lambda: first.patch(path, {"name": "Latest"})))
        assert await seen() == ["Latest", "Latest"]
