"""What aiohttp decides below the middlewares: requests that do not parse, and bodies at the end."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import web

from admitone.config import Config
from admitone.web.application import build
from admitone.web.http.body import read_body
from admitone.web.http.connections import listen
from admitone.web.http.connections.connection import LONGEST_HEADER, LONGEST_URI
from admitone.web.http.connections.listen import listening
from tests.support.patience import PATIENCE
from tests.support.web.clients import open_route
from tests.support.web.raw_line import line_to

HOST = b"Host: book.test\r\n"


@pytest.mark.parametrize(
    ("request_line", "status", "code"),
    [
        (b"FOO / HTTP/1.1\r\n" + HOST, 405, "method-not-allowed"),
        (b"GETTY / HTTP/1.1\r\n" + HOST, 405, "method-not-allowed"),
        (b"GET /" + b"a" * LONGEST_URI + b" HTTP/1.1\r\n" + HOST, 414, "uri-too-long"),
        (b"GET /?q=" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST, 414, "uri-too-long"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * LONGEST_HEADER + b"\r\n" + HOST, 431, "header-too-large"),
        (b"GET / HTTP/1.1\r\n" + b"X" * LONGEST_HEADER + b"Y: a\r\n" + HOST, 431, "header-too-large"),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + HOST, 431, "header-too-large"),
        (b"GET / HTTP/1.1\r\nbad header\r\n", 400, "malformed-request"),
        (b"GET / HTTP/9.1\r\n" + HOST, 400, "malformed-request"),
        (b"GET / HTTP/1.1\r\n", 400, "malformed-request"),
        (b"GET http://[::1 HTTP/1.1\r\n" + HOST, 400, "malformed-request"),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n" + HOST, 400, "malformed-request"),
        (b"GET /no/such/route HTTP/1.1\r\nExpect: \xff\r\n" + HOST, 400, "malformed-request"),
    ],
)
async def test_a_request_that_does_not_parse_is_answered_by_a_problem(
    request_line: bytes, status: int, code: str
) -> None:
    async with listening(build(Config({})), "127.0.0.1", 0) as address, line_to(address) as line:
        line.writer.write(request_line + b"\r\n")
        answer = await line.answer()
        assert await line.rest() == b""
    assert answer.status == status
    problem = json.loads(answer.body)
    assert (problem["type"], problem["status"], problem["retry"]) == (f"/problems/{code}", status, False)
    assert problem["title"].endswith(".")
    assert "aaa" not in answer.body.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(answer.headers["X-Request-Id"]) == 16
    assert "aiohttp" not in str(answer.headers)
    assert ("Allow" in answer.headers) == (status == 405)


async def test_an_address_and_a_header_of_the_longest_size_are_served() -> None:
    async def hello(request: web.Request) -> web.Response:
        return web.Response(text=f"{len(request.raw_path)} {len(request.headers['X'])}")

    app = build(Config({}), routes=[open_route("GET", "/{any}", hello)])
    async with listening(app, "127.0.0.1", 0) as address, line_to(address) as line:
        path = b"/" + b"a" * (LONGEST_URI - 1)
        line.writer.write(b"GET %b HTTP/1.1\r\nX: %b\r\n%b\r\n" % (path, b"a" * (LONGEST_HEADER - 1), HOST))
        answer = await line.answer()
    assert answer.body == f"{LONGEST_URI} {LONGEST_HEADER - 1}".encode()


@pytest.mark.parametrize("path", [b"/reads", b"/answers"])
async def test_a_body_that_does_not_decode_is_no_error_of_the_server(
    caplog: pytest.LogCaptureFixture, path: bytes
) -> None:
    """The attack: each such body wrote a trace into the log."""

    async def reads(request: web.Request) -> web.Response:
        return web.json_response((await read_body(request)).decode())

    async def answers(_: web.Request) -> web.Response:
        return web.Response()

    app = build(
        Config({}), routes=[open_route("POST", "/reads", reads), open_route("POST", "/answers", answers)]
    )
    head = b"POST %b HTTP/1.1\r\nContent-Encoding: deflate\r\nContent-Length: 9\r\n%b\r\n"
    async with listening(app, "127.0.0.1", 0) as address, line_to(address) as line:
        line.writer.write(head % (path, HOST) + b"\xff" * 9)
        assert (await line.answer()).status == (422 if path == b"/reads" else 200)
        assert await line.rest() == b""
    assert caplog.records == []


class Stopping:
    """A server with one slow call, which a test stops while the call's body is on its way."""

    def __init__(self, chunked: bool) -> None:
        self.chunked = chunked
        self.arrived = asyncio.Event()
        self.stop = asyncio.Event()
        self.address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.bodies: list[bytes] = []

    async def take(self, request: web.Request) -> web.Response:
        """The handler."""
        self.arrived.set()
        body = await request.read()
        self.bodies.append(body)
        return web.Response(text=f"{len(body)} bytes")

    async def serve(self) -> None:
        """Serve until the test says so."""
        app = build(Config({}), routes=[open_route("POST", "/take", self.take)])
        async with listening(app, "127.0.0.1", 0) as address:
            self.address.set_result(address)
            await self.stop.wait()

    def head(self) -> bytes:
        """The head of a request with a body of eight bytes."""
        length = b"Transfer-Encoding: chunked" if self.chunked else b"Content-Length: 8"
        return b"POST /take HTTP/1.1\r\n" + HOST + length + b"\r\n\r\n"

    def part(self, text: bytes) -> bytes:
        """A part of the body."""
        return b"%x\r\n%b\r\n" % (len(text), text) if self.chunked else text

    async def no_longer_accepts(self) -> None:
        """Return once new connections are refused."""
        while True:
            try:
                async with line_to(await self.address):
                    pass
            except ConnectionError:
                return


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_that_is_still_coming_at_the_end_is_waited_for(chunked: bool) -> None:
    stopping = Stopping(chunked)
    server = asyncio.create_task(stopping.serve())
    async with line_to(await stopping.address) as line, line_to(await stopping.address) as idle:
        line.writer.write(stopping.head() + stopping.part(b"half"))
        await stopping.arrived.wait()
        stopping.stop.set()
        await stopping.no_longer_accepts()
        line.writer.write(stopping.part(b"rest") + (b"0\r\n\r\n" if chunked else b""))
        assert (await line.answer()).body == b"8 bytes"
        assert await line.rest() == b""
        assert await idle.rest() == b""
    await server
    assert stopping.bodies == [b"halfrest"]


async def test_a_request_that_begins_after_the_end_is_refused() -> None:
    stopping = Stopping(chunked=False)
    server = asyncio.create_task(stopping.serve())
    async with line_to(await stopping.address) as line:
        line.writer.write(stopping.head() + b"half")
        await stopping.arrived.wait()
        stopping.stop.set()
        await stopping.no_longer_accepts()
        line.writer.write(b"rest" + stopping.head() + b"nextnext")
        assert (await line.answer()).body == b"8 bytes"
        assert await line.rest() == b""
    await server
    assert stopping.bodies == [b"halfrest"]


async def test_a_body_that_does_not_come_is_waited_for_no_longer_than_the_grace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listen, "SHUTDOWN_SECONDS", 0.1)
    stopping = Stopping(chunked=False)
    server = asyncio.create_task(stopping.serve())
    async with line_to(await stopping.address) as line:
        line.writer.write(stopping.head() + b"half")
        await stopping.arrived.wait()
        stopping.stop.set()
        await asyncio.wait_for(server, PATIENCE)
    assert stopping.bodies == []
