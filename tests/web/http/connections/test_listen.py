"""From the first connection to the last answer."""

from __future__ import annotations

import asyncio
import select
import socket
from collections import Counter
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from admitone.config import Config
from admitone.web.application import build
from admitone.web.http.connections.listen import listening
from admitone.web.http.connections.listen_error import ListenError
from admitone.web.http.connections.sockets import open_sockets
from tests.support.patience import PATIENCE
from tests.support.web.clients import open_route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


async def test_stopping_finishes_requests_and_then_closes_resources_in_reverse() -> None:
    happened: list[str] = []
    arrived, go_on, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def first(_: web.Application) -> AsyncIterator[None]:
        happened.append("first opens")
        yield
        happened.append("first closes")

    async def second(_: web.Application) -> AsyncIterator[None]:
        happened.append("second opens")
        yield
        happened.append("second closes")

    async def slow(_: web.Request) -> web.Response:
        arrived.set()
        await go_on.wait()
        happened.append("request answers")
        return web.Response(text="done")

    app = build(Config({}), resources=[first, second], routes=[open_route("GET", "/slow", slow)])
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def serve() -> None:
        async with listening(app, "127.0.0.1", 0) as where:
            address.set_result(where)
            await stop.wait()

    server = asyncio.create_task(serve())
    async with aiohttp.ClientSession() as session:
        request = asyncio.create_task(session.get(f"{await address}/slow"))
        await arrived.wait()
        stop.set()
        while await accepts(address.result()):
            pass
        go_on.set()
        async with await request as answer:
            assert await answer.text() == "done"
    await server
    assert happened == [
        "first opens",
        "second opens",
        "request answers",
        "second closes",
        "first closes",
    ]


async def test_a_resource_that_does_not_open_closes_those_before_it() -> None:
    happened: list[str] = []

    async def first(_: web.Application) -> AsyncIterator[None]:
        yield
        happened.append("first closes")

    async def broken(_: web.Application) -> AsyncIterator[None]:
        raise_lookup_error()
        yield

    with pytest.raises(LookupError):
        async with listening(build(Config({}), resources=[first, broken]), "127.0.0.1", 0):
            pytest.fail("it started")
    assert happened == ["first closes"]


async def test_a_port_in_use_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ListenError) as caught:
            async with listening(build(Config({})), "127.0.0.1", port):
                pytest.fail("it started")
    assert str(caught.value) == (
        f"Another program listens on 127.0.0.1:{port}. End it, or set ADMITONE_PORT to another port."
    )


def test_lists_of_sockets_share_a_port_that_nobody_else_gets() -> None:
    lists = open_sockets("127.0.0.1", 0, 3)
    opened = [one for several in lists for one in several]
    try:
        assert len(lists) == 3
        [port] = {one.getsockname()[1] for one in opened}
        for count in (1, 2):
            with pytest.raises(ListenError, match=f"Another program listens on 127.0.0.1:{port}"):
                open_sockets("127.0.0.1", port, count)
        ready = Counter[int]()
        for _ in range(60):
            with socket.create_connection(("127.0.0.1", port)):
                [taken] = select.select(opened, [], [], PATIENCE)[0]
                taken.accept()[0].close()
                ready[opened.index(taken)] += 1
        assert set(ready) == {0, 1, 2}, "the kernel spreads connections over them"
    finally:
        for one in opened:
            one.close()


async def test_an_address_of_another_machine_is_told_in_a_sentence() -> None:
    with pytest.raises(ListenError, match=r"^192\.0\.2\.1:0 cannot be listened on .* Check ADMITONE_HOST"):
        async with listening(build(Config({})), "192.0.2.1", 0):
            pytest.fail("it started")


async def test_bytes_that_are_not_http_are_answered_400() -> None:
    async with listening(build(Config({})), "127.0.0.1", 0) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(address))
        writer.write(b"GET / HTTP/1.1\r\nbad header\r\n\r\n")
        assert b" 400 " in await reader.readline()
        writer.close()


def raise_lookup_error() -> None:
    raise LookupError


async def accepts(address: str) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(address))
    except ConnectionError:
        return False
    writer.close()
    return True


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])
