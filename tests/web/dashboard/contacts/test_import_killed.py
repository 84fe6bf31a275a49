"""Workers are killed while they import: each contact is there once, and the counts are right."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

from admitone.store.redis.coalescer import Command
from tests.support.contacts.imports import COLUMNS, PATH, a_file, the_import, uploaded
from tests.support.factories import WORKSPACE
from tests.support.sizes import size
from tests.support.worker.processes import WorkerProcess
from tests.support.worker.workers import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

ROWS = size(100_000, 750)
KILLS = size(20, 1)
PATIENCE = 900


@pytest.mark.soak
async def test_killed_workers_double_nothing(
    dashboard: DashboardServer, admin: Api, redis_url: str, tmp_path: Path
) -> None:
    import_id = await uploaded(dashboard, admin, a_file(ROWS))
    worker = WorkerProcess(tmp_path, redis_url, PUBLIC_URL=dashboard.url)
    await asyncio.to_thread(worker.start)
    try:
        async with asyncio.timeout(PATIENCE):
            await dashboard.post(admin, f"{PATH}/{import_id}", **COLUMNS)
            await until(lambda: _is(dashboard, import_id, "checked"))
            await dashboard.post(admin, f"{PATH}/{import_id}/start")
            for kill in range(1, KILLS + 1):
                part = kill * (await the_import(dashboard, import_id)).parts // (KILLS + 1)
                await until(partial(_stands_at, dashboard, import_id, part))
                await worker.restart()
            await until(lambda: _is(dashboard, import_id, "imported"))
    finally:
        await asyncio.to_thread(worker.kill)
    done = await the_import(dashboard, import_id)
    assert (done.created, done.merged, done.refused) == (ROWS, 0, 0)
    [count] = await dashboard.store.send(Command(("ZCARD", dashboard.store.keys(WORKSPACE).contacts)))
    assert count == ROWS


async def _is(dashboard: DashboardServer, import_id: str, state: str) -> bool:
    return (await the_import(dashboard, import_id)).state == state


async def _stands_at(dashboard: DashboardServer, import_id: str, part: int) -> bool:
    """Whether the import has come to a part: then it is in the midst of it, or of one after it."""
    return (await the_import(dashboard, import_id)).position >= part
