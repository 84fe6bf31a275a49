"""Connections that strangers open and leave: how many there may be, and for how long."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from admitone.app import connection_limits
from admitone.config import Config
from admitone.web.application import build
from admitone.web.http import body
from admitone.web.http.connections import connection, sockets
from admitone.web.http.connections.connection_limits import ConnectionLimits
from admitone.web.http.connections.listen import listening
from admitone.web.http.metrics import Metrics
from tests.support.patience import PATIENCE
from tests.support.web.clients import open_route
from tests.support.web.raw_line import line_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Network, IPv6Network

    from tests.support.web.raw_line import Line

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


async def is_closed(line: Line) -> bool:
    try:
        return await line.rest() == b""
    except ConnectionError:
        return True


async def is_served(line: Line) -> bool:
    line.writer.write(REQUEST)
    return (await line.answer()).status == 200


async def test_half_sent_requests_are_few_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack: one address opens many connections, and finishes no request."""
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.5)
    metrics = Metrics()
    limits = connection_limits(Config({}), metrics)
    with capture_logs() as logs:
        async with listening(build(Config({})), "127.0.0.1", 0, limits) as address, AsyncExitStack() as stack:
            lines = [await stack.enter_async_context(line_to(address)) for _ in range(130)]
            for line in lines:
                line.writer.write(REQUEST[:-2])
            assert all(await asyncio.gather(*map(is_closed, lines)))
            async with line_to(address) as line:
                assert await is_served(line)
    reached = [log["limit"] for log in logs if log["event"] == "connection-limit-reached"]
    assert sorted(reached) == ["head", "per-address"]
    count = metrics.own.get_sample_value
    for limit, number in (("per-address", 30), ("head", 100)):
        assert count("admitone_connection_limits_reached_total", {"limit": limit}) == number


async def test_each_of_several_processes_keeps_its_part_of_the_connections() -> None:
    settings = {"ADMITONE_PROCESSES": "3", "ADMITONE_CONNECTIONS_PER_ADDRESS": "4"}
    limits = connection_limits(Config(settings), Metrics())
    assert [limits.enter("192.0.2.1") for _ in range(3)] == [True, True, False], "a third of four, rounded up"


@pytest.mark.parametrize("limits", [ConnectionLimits(each=2), ConnectionLimits(in_all=2)])
async def test_a_connection_too_many_is_closed_until_another_ends(limits: ConnectionLimits) -> None:
    async with listening(build(Config({})), "127.0.0.1", 0, limits) as address, line_to(address) as first:
        assert await is_served(first)
        async with line_to(address) as second:
            assert await is_served(second)
            async with line_to(address) as third:
                assert await is_closed(third)
            assert await is_served(first)
            second.writer.write(REQUEST.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            await second.answer()
            assert await second.rest() == b""
        async with line_to(address) as fourth:
            assert await is_served(fourth)


@pytest.mark.parametrize(
    ("addresses", "trusted", "entered"),
    [
        (["192.0.2.1"] * 3, [], [True, True, False]),
        (["192.0.2.1", "192.0.2.1", "192.0.2.2"], [], [True, True, True]),
        (["192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1"], [], [True, True, False]),
        (["::ffff:192.0.2.1", "::ffff:192.0.2.2", "::ffff:192.0.2.3"], [], [True, True, True]),
        (["2001:db8::1", "2001:db8::2:1", "2001:db8::ff:3"], [], [True, True, False]),
        (["2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:3::1"], [], [True, True, True]),
        (["10.0.0.1"] * 3, ["10.0.0.0/8"], [True, True, True]),
        (["10.0.0.1"] * 5, ["10.0.0.0/8"], [True, True, True, True, False]),
    ],
)
def test_an_address_or_a_network_of_64_bits_is_counted_unless_it_is_a_proxy(
    addresses: Sequence[str], trusted: Sequence[str], entered: Sequence[bool]
) -> None:
    networks: tuple[IPv4Network | IPv6Network, ...] = Config(
        {"ADMITONE_TRUSTED_PROXIES": ",".join(trusted)}
    ).trusted_proxies
    limits = ConnectionLimits(2, 4, networks)
    assert [limits.enter(address) for address in addresses] == list(entered)


def test_without_rate_limits_any_number_of_connections_is_kept() -> None:
    limits = connection_limits(Config({"ADMITONE_RATE_LIMITS": "off"}), Metrics())
    assert all(limits.enter("192.0.2.1") for _ in range(2000))


@pytest.mark.parametrize("before", [b"", REQUEST], ids=["first", "second"])
async def test_a_head_that_trickles_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, before: bytes) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.2)
    async with listening(build(Config({})), "127.0.0.1", 0) as address, line_to(address) as line:
        if before:
            assert await is_served(line)
        closed = asyncio.create_task(is_closed(line))
        line.writer.write(b"GET / HTTP/1.1\r\nX: ")
        while not closed.done():
            line.writer.write(b"a")
            await asyncio.wait([closed], timeout=0.02)
        assert closed.result()


async def test_requests_and_pauses_between_them_outlast_the_time_for_a_head(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.05)
    go_on = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        await go_on.wait()
        return web.Response()

    async def quick(_: web.Request) -> web.Response:
        return web.Response()

    app = build(Config({}), routes=[open_route("GET", "/slow", slow), open_route("GET", "/healthz", quick)])
    async with listening(app, "127.0.0.1", 0) as address, line_to(address) as one, line_to(address) as other:
        assert await is_served(one)
        other.writer.write(REQUEST.replace(b"healthz", b"slow"))
        async with line_to(address) as silent:
            assert await is_closed(silent)
        assert await is_served(one)
        go_on.set()
        assert (await other.answer()).status == 200


async def test_a_connection_without_requests_is_closed_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "IDLE_SECONDS", 0.05)
    limits = ConnectionLimits(each=2)
    async with listening(build(Config({})), "127.0.0.1", 0, limits) as address, line_to(address) as line:
        assert await is_served(line)
        assert await is_closed(line)


async def test_a_body_that_keeps_its_pace_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "BODY_SECONDS", 0)
    monkeypatch.setattr(body, "BODY_PACE", 1)
    arrived = asyncio.Event()

    async def take(request: web.Request) -> web.Response:
        arrived.set()
        return web.Response(text=str(len(await body.read_body(request))))

    app = build(Config({}), routes=[open_route("POST", "/take", take)])
    async with listening(app, "127.0.0.1", 0) as address, line_to(address) as line:
        head = b"POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\n"
        line.writer.write(head + b"a" * 100)
        await asyncio.wait_for(arrived.wait(), PATIENCE)
        line.writer.write(b"a" * 100)
        assert (await line.answer()).body == b"200"


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels cannot tell that a client does not read")
@pytest.mark.parametrize("last", [REQUEST, REQUEST.replace(b"1.1", b"1.0")], ids=["open", "closed"])
async def test_an_answer_that_nobody_reads_is_not_kept(monkeypatch: pytest.MonkeyPatch, last: bytes) -> None:
    """The attack: ask for much and read nothing, so that the connection stays after its end."""
    monkeypatch.setattr(sockets, "UNREAD_SECONDS", 0.2)

    async def much(_: web.Request) -> web.Response:
        return web.Response(body=bytes(8_000_000))  # more than the kernel keeps for both ends

    app = build(Config({}), routes=[open_route("GET", "/healthz", much)])
    ended = asyncio.Event()

    class Counted(ConnectionLimits):
        def leave(self, address: str) -> None:
            super().leave(address)
            ended.set()

    loop = asyncio.get_running_loop()
    async with listening(app, "127.0.0.1", 0, Counted(each=1)) as address:
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as client:
            await loop.run_in_executor(None, client.sendall, last)
            await asyncio.wait_for(ended.wait(), PATIENCE)
