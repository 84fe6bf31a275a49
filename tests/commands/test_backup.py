"""`admitone backup` while servers work, and what a restore makes of it."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.api.servers import servers_on
from tests.support.commands.command_line import ADMITONE, environment, run
from tests.support.invariants import check_invariants
from tests.support.raw_database import read_workspaces
from tests.support.redis_server import running_redis
from tests.support.server_process import SECRET_KEY, running_servers
from tests.support.sizes import size
from tests.support.store.actions import a_store
from tests.support.store.earlier_data import open_once
from tests.support.store.failover.clients import Clients
from tests.support.worker.workers import only_timers_left, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.redis_server import RedisServer

WRITES = size(500, 40)
"""Acknowledged writes before the backup begins, and after it is complete."""
DONE = re.compile(r"\S+ is complete and verified: [\d.,]+ [kM]B, data of schema \d+ from Valkey [\d.]+\.\n")


@pytest.fixture
def own_redis(redis_line: str) -> Iterator[RedisServer]:
    """An empty Redis that sends a snapshot at once."""
    with running_redis(redis_line, repl_diskless_sync_delay="0") as server:
        yield server


def back_up(file: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return run("backup", str(file), SECRET_KEY=SECRET_KEY, **settings)


def restore(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return run("restore", *arguments, SECRET_KEY=SECRET_KEY, **settings)


@pytest.mark.soak
async def test_a_backup_under_load_has_what_was_acknowledged_before(
    own_redis: RedisServer, tmp_path: Path, redis_line: str
) -> None:
    file = tmp_path / "backup"
    with running_servers(2, tmp_path, REDIS_URL=own_redis.url) as processes:
        async with servers_on(own_redis.url, processes) as servers:
            clients = Clients(servers)
            async with clients.at_work():
                await clients.replied(WRITES)
                clients.ledger.begin("backup")
                made = await asyncio.to_thread(back_up, file, REDIS_URL=own_redis.url)
                clients.ledger.begin("after")
                await clients.served(WRITES // 2)
            there = next(one for one in await read_workspaces(servers.redis) if one.id == servers.workspace)
    assert made.returncode == 0, made
    assert DONE.fullmatch(made.stdout), made.stdout
    with running_redis(redis_line) as other:
        restored = await asyncio.to_thread(restore, str(file), REDIS_URL=other.url)
        assert restored.returncode == 0, restored
        async with a_store(other.url) as store:
            [found] = await read_workspaces(store.client)
            clients.ledger.compare(found)
            before, after = (clients.ledger.outcomes[when] for when in ("", "after"))
            assert before.acknowledged > WRITES // 2
            assert before.lost == []
            assert len(after.lost) == after.acknowledged > 0
            assert clients.ledger.doubled == []
            assert clients.ledger.refused == []
            for kind in ("link", "booking"):
                assert set(found.records(kind)) <= set(there.records(kind))
            assert await check_invariants(store.client) == []
        await goes_on(other.url, tmp_path)


async def goes_on(url: str, folder: Path) -> None:
    """A server works on the restored data, and its worker once the pause is ended."""
    with running_servers(1, folder, REDIS_URL=url) as processes:
        async with servers_on(url, processes) as servers:
            async with servers.http.get(f"{processes[0].url}/readyz") as answer:
                assert await answer.json() == {"status": "ready", "warning": "workers-pause"}
            assert not await only_timers_left(servers.store)
            ended = await asyncio.to_thread(restore, "--drop-mails", REDIS_URL=url)
            assert ended.returncode == 0, ended
            assert re.match(r"[\d,]+ mails dropped, 0 jobs parked for administrators\.\n", ended.stdout)
            await until(lambda: only_timers_left(servers.store))
            assert await check_invariants(servers.redis) == []
            async with servers.http.get(f"{processes[0].url}/readyz") as answer:
                assert answer.status == 200


def test_a_backup_that_is_told_to_end_leaves_nothing(tmp_path: Path, redis_line: str) -> None:
    with running_redis(redis_line, repl_diskless_sync_delay="3600") as server:  # it sends nothing for long
        asyncio.run(open_once(server.url))
        with (
            subprocess.Popen(
                [*ADMITONE, "backup", str(tmp_path / "backup")],
                env=environment(REDIS_URL=server.url, SECRET_KEY=SECRET_KEY),
                stderr=subprocess.PIPE,
                text=True,
            ) as process,
            server.client() as admin,
        ):
            while not list(tmp_path.iterdir()) or not admin.info("replication")["connected_slaves"]:
                assert process.poll() is None
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate()
    assert process.returncode == 1
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
