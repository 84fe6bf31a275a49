"""`admitone reports rebuild` counts what is there already, while a server goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.support.api.calling import answered, created
from tests.support.api.servers import always_open, coming_days, servers_on
from tests.support.commands.command_line import run
from tests.support.invariants import check_invariants
from tests.support.raw_database import read_workspaces
from tests.support.reports.invariants import report_hashes
from tests.support.server_process import SECRET_KEY, running_servers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.api.calling import Api
    from tests.support.redis_server import RedisServer

OLD = 6
"""Links of a version that did not count; half of them are booked."""


async def _forget(own_redis: RedisServer) -> None:
    """Make what is there the records of an earlier version."""
    with own_redis.client() as client:
        for key in client.scan_iter():
            if b":report:" in key:
                client.delete(key)
            elif client.type(key) == b"hash":
                client.hdel(key, "counted", "first_booked")


async def test_it_counts_beside_a_server_and_may_be_repeated(own_redis: RedisServer, tmp_path: Path) -> None:
    with running_servers(1, tmp_path, REDIS_URL=own_redis.url) as [server]:
        async with servers_on(own_redis.url, [server]) as servers:
            admin = await servers.user()
            page = await always_open(admin)
            links = [await admin.new_link(page) for _ in range(OLD)]
            starts = await servers.customer.starts(links[0]["code"], *coming_days(3))
            bookings = [
                await servers.customer.booked(link["code"], start)
                for link, start in zip(links[: OLD // 2], starts, strict=False)
            ]
            await _forget(own_redis)
            answered(await admin.post(f"/bookings/{bookings[0]['id']}/cancel"))
            done, _ = await asyncio.gather(asyncio.to_thread(_rebuild, own_redis), _go_on(admin, page, 20))
            assert done.endswith(" counted anew.\n"), done
            assert _rebuild(own_redis).endswith(", 0 counted anew.\n")
            assert await check_invariants(servers.store.client) == []
            [workspace] = await read_workspaces(servers.store.client)
            [total] = [
                fields for name, fields in report_hashes(workspace).items() if name.startswith("total:")
            ]
            figures = {field.partition(":")[0]: number for field, number in total.items()}
            expected = {"made": OLD + 20, "booked": OLD // 2, "scheduled": OLD // 2, "cancelled": 1}
            assert {name: figures[name] for name in expected} == expected


async def _go_on(admin: Api, page: dict[str, str], count: int) -> None:
    for _ in range(count):
        created(await admin.post("/links", {"page": page["id"]}))


def _rebuild(redis: RedisServer) -> str:
    done = run("reports", "rebuild", REDIS_URL=redis.url, SECRET_KEY=SECRET_KEY)
    assert done.returncode == 0, done
    return done.stdout
