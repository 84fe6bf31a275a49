"""The log: one JSON object a line, with nothing of a person, a code or a token in it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import pytest
import structlog

from admitone import logs
from admitone.config import Config, LogFormat
from admitone.request_id import follow
from admitone.web.application import build
from admitone.web.http.connections.listen import listening
from tests.support.json_log import json_log, lines

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

SECRET = "name@example.test"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    with json_log() as stream:
        yield stream


def fail() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise ValueError(SECRET) from error


def test_a_line_is_an_object_with_time_level_and_what_is_bound(stream: io.StringIO) -> None:
    follow("abc")
    structlog.get_logger().info("request", route="/.{code}", status=200)
    [line] = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "abc",
        "route": "/.{code}",
        "status": 200,
    }


@pytest.mark.parametrize("request_id", ["trace-1", ""])
def test_the_line_of_a_request_is_what_the_logger_would_write(stream: io.StringIO, request_id: str) -> None:
    values = {"method": 'G"T\n', "route": None, "status": 404, "ms": 0.3}
    follow(request_id)
    structlog.get_logger().info("request", **values)
    logs.log_request('G"T\n', None, 404, 0.3)
    assert_alike(*lines(stream))


@pytest.mark.parametrize("request_id", ["trace-1", ""])
def test_the_line_of_a_job_is_what_the_logger_would_write(stream: io.StringIO, request_id: str) -> None:
    follow(request_id)
    structlog.get_logger().info("job-done", job="mail.hosts", id="a1", ms=0.3)
    logs.log_job("mail.hosts", "a1", 0.3)
    assert_alike(*lines(stream))


def assert_alike(slow: dict[str, Any], quick: dict[str, Any]) -> None:
    """Both lines have the same parts in the same order; the time differs."""
    assert list(quick) == list(slow)
    assert quick | {"timestamp": ""} == slow | {"timestamp": ""}
    assert len(quick["timestamp"]) == len(slow["timestamp"])


def test_the_line_of_a_request_is_captured_as_others(stream: io.StringIO) -> None:
    with structlog.testing.capture_logs() as captured:
        logs.log_request("GET", "/.{code}", 200, 0.3)
    assert captured == [
        {
            "event": "request",
            "log_level": "info",
            "method": "GET",
            "route": "/.{code}",
            "status": 200,
            "ms": 0.3,
        }
    ]
    assert lines(stream) == []


def test_details_are_left_out(stream: io.StringIO) -> None:
    structlog.get_logger().debug("detail")
    assert lines(stream) == []


def test_an_exception_is_told_by_its_types_and_its_way_only(stream: io.StringIO) -> None:
    try:
        fail()
    except ValueError as error:
        structlog.get_logger().error("request-failed", exc_info=error)
    [line] = lines(stream)
    assert line["error"] == ["builtins.ValueError", "builtins.KeyError"]
    assert [step.split()[1] for step in line["trace"]] == [
        "test_an_exception_is_told_by_its_types_and_its_way_only",
        "fail",
    ]
    assert SECRET not in stream.getvalue()


def test_what_libraries_log_comes_without_its_arguments(stream: io.StringIO) -> None:
    library = logging.getLogger("a.library")
    library.warning("Lost the mail of %s", SECRET)
    library.info("not written")
    try:
        fail()
    except ValueError:
        library.exception("Failed for %s", SECRET)
    assert [(line["event"], line["level"], line["logger"]) for line in lines(stream)] == [
        ("Lost the mail of %s", "warning", "a.library"),
        ("Failed for %s", "error", "a.library"),
    ]
    assert SECRET not in stream.getvalue()


def test_what_ends_a_task_unseen_is_told(stream: io.StringIO) -> None:
    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(logs.log_unhandled)
        asyncio.get_running_loop().call_soon(fail)
        await asyncio.sleep(0)

    asyncio.run(main())
    [line] = lines(stream)
    assert (line["event"], line["error"][0]) == ("unhandled", "builtins.ValueError")
    assert SECRET not in stream.getvalue()


def test_lines_for_people_leave_out_the_same(stream: io.StringIO) -> None:
    logs.configure(LogFormat.CONSOLE, stream)
    try:
        fail()
    except ValueError as error:
        structlog.get_logger().error("request-failed", exc_info=error)
    assert "request-failed" in stream.getvalue()
    assert SECRET not in stream.getvalue()


async def test_bytes_that_are_not_http_are_one_line_without_a_trace(stream: io.StringIO) -> None:
    async with listening(build(Config({})), "127.0.0.1", 0) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(f"GET /.{SECRET} HTTP/1.1\r\nbad header\r\n\r\n".encode())
        await reader.read()
        writer.close()
    assert [(line["event"], line["level"]) for line in lines(stream)] == [("malformed-request", "info")]
    assert SECRET not in stream.getvalue()
