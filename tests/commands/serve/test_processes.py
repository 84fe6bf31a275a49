"""A server of several processes: one address, one Redis, and nobody notices which process answers."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
from collections import defaultdict
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import pytest

from admitone.store.redis.embedded import running_embedded_redis
from tests.support.api.servers import Servers, always_open, coming_days, servers_on
from tests.support.patience import PATIENCE
from tests.support.server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.redis_server import RedisServer

ROUNDS = 20
"""All calls of so many rounds by one process of three: less than once in a thousand million."""
SAMPLE = re.compile(r'^(\w+)\{(?:[^}]*,)?process="(\d)"[^}]*\} (\S+)$', re.MULTILINE)


class Server(ServerProcess):
    """A server of several processes."""

    @property
    def children(self) -> list[int]:
        """The process ids of those that run, in the order of their start."""
        assert self.process
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [child for child in map(int, task.read_text().split()) if _serves(child)]

    async def figures(self, name: str) -> dict[str, float]:
        """A figure of `/metrics`, added up for each process."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.url}/metrics") as answer:
            text = await answer.text()
        found: defaultdict[str, float] = defaultdict(float)
        for metric, process, value in SAMPLE.findall(text):
            if metric == name:
                found[process] += float(value)
        return found


@asynccontextmanager
async def running(folder: Path, processes: int, **settings: str) -> AsyncIterator[Server]:
    """A server of so many processes."""
    server = Server(folder, PROCESSES=str(processes), **settings)
    await asyncio.to_thread(server.start)
    try:
        assert len(server.children) == processes
        yield server
    finally:
        await asyncio.to_thread(server.stop)


@asynccontextmanager
async def called(server: Server, redis_url: str) -> AsyncIterator[Servers]:
    """Clients that open a connection for each call, so that any of the processes may answer it."""
    async with (
        servers_on(redis_url, [server]) as servers,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as http,
    ):
        servers.http = http
        yield servers


async def test_what_one_process_changes_holds_in_the_others_at_once(
    own_redis: RedisServer, tmp_path: Path
) -> None:
    async with (
        running(tmp_path, 3, REDIS_URL=own_redis.url) as server,
        called(server, own_redis.url) as servers,
    ):
        admin = await servers.user()
        page = await always_open(admin, name="Round 0")
        [event_type] = page["event_types"]
        first, last = coming_days(2)
        for number in range(1, ROUNDS + 1):
            await admin.patch(f"/event-types/{event_type}", {"name": f"Round {number}"})
            link = await admin.new_link(page)
            [start, *_] = await servers.customer.starts(link["code"], first, last)
            shown = (await servers.customer.get(f"/book/{link['code']}")).body
            assert [each["name"] for each in shown["event_types"]] == [f"Round {number}"]
            await servers.customer.booked(link["code"], start)
            assert (await servers.customer.book(link["code"], start)).status == 410
        answered = await server.figures("admitone_requests_total")
        assert set(answered) == {"0", "1", "2"}
        assert all(answered.values())
        assert set(await server.figures("admitone_worker_entries")) == {"0"}, "jobs are done by one of them"


async def test_whatever_is_killed_the_others_go_on_or_end(own_redis: RedisServer, tmp_path: Path) -> None:
    async with (
        running(tmp_path, 2, REDIS_URL=own_redis.url) as server,
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True), timeout=aiohttp.ClientTimeout(PATIENCE)
        ) as http,
    ):
        killed = server.children[1]
        os.kill(killed, signal.SIGKILL)

        async def look() -> int:
            async with http.get(f"{server.url}/readyz") as answer:
                return answer.status

        answers = await asyncio.gather(*(look() for _ in range(30)))
        assert set(answers) == {200}, "whoever waited for the killed one was answered by its successor"
        children = server.children
        assert len(children) == 2
        assert killed not in children
        assert await server.figures("admitone_process_up") == {"0": 1, "1": 1}

        await asyncio.to_thread(server.kill)
        async with asyncio.timeout(PATIENCE):
            while any(_serves(child) for child in children):  # noqa: ASYNC110  - other processes
                await asyncio.sleep(0.05)


async def test_a_second_server_does_not_share_the_port_and_ctrl_c_ends_the_first_in_order(
    tmp_path: Path,
) -> None:
    data = str(tmp_path / "data")
    async with running(tmp_path, 2, DATA_DIR=data) as server:
        port = urlsplit(server.url).port
        second = Server(tmp_path, DATA_DIR=data, PROCESSES="2", PORT=str(port))
        with pytest.raises(RuntimeError, match=f"Another program listens on 127.0.0.1:{port}"):
            await asyncio.to_thread(second.start)

        assert server.process
        parent, children = server.process, server.children
        for process in (parent.pid, *children):  # as the terminal does
            os.kill(process, signal.SIGINT)
        assert await asyncio.to_thread(parent.wait, PATIENCE) == 0
    assert not any(_serves(child) for child in children)
    assert "Traceback" not in server.log.read_text()
    assert await running_embedded_redis(tmp_path / "data") is None
    with socket.create_server(("127.0.0.1", port)):
        pass


async def test_what_is_wrong_is_said_once(tmp_path: Path) -> None:
    server = Server(tmp_path, REDIS_URL="redis://127.0.0.1:9/0", PROCESSES="2")
    with pytest.raises(RuntimeError) as caught:
        await asyncio.to_thread(server.start)
    assert str(caught.value).count("Error: ") == 1


def _serves(process: int) -> bool:
    """Whether a process is one of a server's."""
    try:
        return b"serving-process" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
