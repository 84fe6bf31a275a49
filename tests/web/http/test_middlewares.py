"""What surrounds every handler: ids, log lines, refusals, errors of our own."""

from __future__ import annotations

import asyncio
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from aiohttp import web

from admitone.domain.errors import LinkBooked, TooManyRequests
from tests.support.web.clients import client_of, open_route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CODE = "7G2K9QXW3M5R8T1V4Z6Y"


async def code(request: web.Request) -> web.Response:
    return web.Response(text=request.match_info["code"])


async def refuse(_: web.Request) -> web.Response:
    raise LinkBooked


async def limit(_: web.Request) -> web.Response:
    raise TooManyRequests(30)


async def fail(request: web.Request) -> web.Response:
    raise KeyError(request.match_info["code"])


async def redirect(_: web.Request) -> web.Response:
    raise web.HTTPSeeOther("/elsewhere")


async def teapot(_: web.Request) -> web.Response:
    raise web.HTTPPreconditionFailed


async def form(request: web.Request) -> web.Response:
    await request.post()
    return web.Response()


async def break_off(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    answer.content_length = 100
    await answer.prepare(request)
    await answer.write(b"half")
    raise KeyError("name@example.test")


@contextmanager
def noting(began: asyncio.Event, ended: asyncio.Event) -> Iterator[None]:
    """Set the events when the block begins, and when it ends with whatever error."""
    began.set()
    try:
        yield
    finally:
        ended.set()


ROUTES = (
    open_route("GET", "/.{code}", code),
    open_route("GET", "/refuse", refuse),
    open_route("GET", "/limit", limit),
    open_route("GET", "/fail/{code}", fail),
    open_route("GET", "/redirect", redirect),
    open_route("GET", "/teapot", teapot),
    open_route("GET", "/break-off", break_off),
    open_route("POST", "/form", form),
)


async def get(path: str, method: str = "GET", **headers: str) -> tuple[int, Mapping[str, str], Any]:
    async with (
        client_of(*ROUTES) as client,
        client.request(method, path, headers=headers, allow_redirects=False) as answer,
    ):
        is_problem = answer.content_type == "application/problem+json" and method != "HEAD"
        return answer.status, answer.headers, await answer.json() if is_problem else await answer.text()


async def test_an_answer_carries_an_id_of_its_own() -> None:
    _, first, _ = await get("/.x")
    _, second, _ = await get("/.x")
    assert re.fullmatch(r"[0-9a-f]{16}", first["X-Request-Id"])
    assert first["X-Request-Id"] != second["X-Request-Id"]


async def test_the_callers_id_is_taken_when_it_is_plain() -> None:
    _, headers, _ = await get("/.x", **{"X-Request-Id": "trace-1.a_B"})
    assert headers["X-Request-Id"] == "trace-1.a_B"


@pytest.mark.parametrize("given", ["short", "a" * 65, "with space", "semi;colon", "ünïcödé12"])
async def test_another_id_of_the_callers_is_not_repeated(given: str) -> None:
    _, headers, _ = await get("/.x", **{"X-Request-Id": given})
    assert re.fullmatch(r"[0-9a-f]{16}", headers["X-Request-Id"])


async def test_the_log_names_the_pattern_and_never_the_path() -> None:
    with structlog.testing.capture_logs() as lines:
        await get(f"/.{CODE}?email=name@example.test", **{"X-Request-Id": "trace-12"})
        await get(f"/manage/{CODE}")
        await get(f"/.{CODE}", method="DELETE")
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/.{code}", 200),
        ("GET", None, 404),
        ("DELETE", None, 405),
    ]
    assert CODE not in str(lines)
    assert "example.test" not in str(lines)


async def test_a_refusal_becomes_a_problem() -> None:
    status, headers, problem = await get("/refuse")
    assert (status, problem["type"]) == (410, "/problems/link-booked")
    assert headers["Content-Type"] == "application/problem+json"
    status, headers, problem = await get("/limit")
    assert (status, headers["Retry-After"], problem["retry"]) == (429, "30", True)


async def test_what_aiohttp_refuses_becomes_a_problem() -> None:
    status, _, problem = await get("/no/where")
    assert (status, problem["type"]) == (404, "/problems/not-found")
    status, headers, problem = await get("/refuse", method="PUT")
    assert (status, problem["type"]) == (405, "/problems/method-not-allowed")
    assert headers["Allow"] == "GET,HEAD"
    status, _, problem = await get("/teapot")
    assert (status, problem["type"], problem["title"]) == (412, "about:blank", "Precondition Failed")


async def test_a_form_over_the_limit_is_413() -> None:
    async with (
        client_of(*ROUTES) as client,
        client.post("/form", data={"email": "x" * 70_000}) as answer,
    ):
        assert answer.status == 413
        assert (await answer.json())["type"] == "/problems/body-too-large"


async def test_a_redirect_stays_one() -> None:
    status, headers, _ = await get("/redirect")
    assert (status, headers["Location"]) == (303, "/elsewhere")
    assert "X-Request-Id" in headers


async def test_an_unforeseen_error_tells_nothing_but_its_request_id() -> None:
    with structlog.testing.capture_logs() as lines:
        status, headers, problem = await get(f"/fail/{CODE}")
    assert (status, problem["type"]) == (500, "/problems/internal")
    assert problem["request_id"] == headers["X-Request-Id"]
    assert CODE not in str(problem)
    assert "KeyError" not in str(problem)
    assert [line["event"] for line in lines] == ["request-failed", "request"]


async def test_an_answer_that_breaks_off_is_hung_up_on_and_not_completed_with_another() -> None:
    async with client_of(*ROUTES) as client, client.get("/break-off") as answer:
        assert answer.status == 200
        with pytest.raises(Exception, match=r"(?i)payload|connection|length"):
            await answer.read()


@pytest.mark.parametrize("path", ["/read", "/stream"])
async def test_a_caller_who_hangs_up_is_no_failure_of_ours(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def read(request: web.Request) -> web.Response:
        with noting(began, ended):
            await request.read()
        return web.Response()

    async def stream(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        with noting(began, ended):
            while True:
                await answer.write(b"x" * 1000)
                await asyncio.sleep(0)

    routes = (open_route("POST", "/read", read), open_route("POST", "/stream", stream))
    with structlog.testing.capture_logs() as lines:
        async with client_of(*routes) as client:
            _, writer = await asyncio.open_connection(client.host, client.port)
            writer.write(f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf".encode())
            await asyncio.wait_for(began.wait(), 10)
            writer.transport.abort()
            await asyncio.wait_for(ended.wait(), 10)
    assert [(line["event"], line["status"]) for line in lines] == [("request", None)]
    assert caplog.records == []


async def test_get_answers_head_without_a_body() -> None:
    status, headers, body = await get("/.abc", method="HEAD")
    assert (status, headers["Content-Length"], body) == (200, "3", "")
    status, _, body = await get("/nowhere", method="HEAD")
    assert (status, body) == (404, "")
