"""Tables as CSV: written while they are read, at the client's pace, and never cut off without a sign."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
import structlog

from admitone.domain.errors import OutcomeUnknown
from admitone.store.redis.usage import REQUEST_WITHIN, current_usage
from admitone.usecases.shared.table import Column, Table
from admitone.web.http.csv_answer import respond_csv
from tests.support.web.clients import client_of, open_route

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence

    from aiohttp import web

    Parts = Callable[[], AsyncGenerator[Sequence[Sequence[object]]]]

MEGABYTE = 1 << 20
MOST_AHEAD = 12
"""Parts of a megabyte that fit into the buffers of two sockets, and more."""


@asynccontextmanager
async def answer_of(parts: Parts, method: str = "GET") -> AsyncIterator[aiohttp.ClientResponse]:
    """The answer of a handler that sends these parts."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return await respond_csv(request, Table([Column("text", "Text")], parts()), "table")

    async with (
        client_of(open_route("GET", "/table.csv", handle)) as client,
        client.request(method, "/table.csv") as answer,
    ):
        yield answer


async def test_a_table_has_its_columns_and_the_rows_of_all_parts() -> None:
    async def parts() -> AsyncGenerator[Sequence[Sequence[object]]]:
        yield [["one"], [2]]
        yield []
        yield [[None]]

    async with answer_of(parts) as answer:
        assert await answer.text() == '"text"\r\n"one"\r\n2\r\n""\r\n'
        assert answer.headers["Content-Disposition"] == 'attachment; filename="table.csv"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Content-Length" not in answer.headers


async def test_a_slow_client_slows_the_reading_down() -> None:
    made = 0

    async def parts() -> AsyncGenerator[Sequence[Sequence[object]]]:
        nonlocal made
        for _ in range(2 * MOST_AHEAD):
            made += 1
            yield [["x" * MEGABYTE]]

    async with answer_of(parts) as answer:
        read = 0
        async for chunk in answer.content.iter_chunked(MEGABYTE):
            read += len(chunk)
            assert made - read // MEGABYTE < MOST_AHEAD
    assert made == 2 * MOST_AHEAD


async def test_a_client_that_goes_away_ends_the_reading() -> None:
    ended = asyncio.Event()

    async def parts() -> AsyncGenerator[Sequence[Sequence[object]]]:
        try:
            while True:
                yield [["x" * MEGABYTE]]
        finally:
            ended.set()

    with structlog.testing.capture_logs() as lines:
        async with answer_of(parts) as answer:
            await answer.content.readexactly(MEGABYTE)
            answer.close()
            await asyncio.wait_for(ended.wait(), timeout=30)
    assert [line["event"] for line in lines] == ["request"]


async def test_a_refusal_before_the_first_part_is_answered_as_usual() -> None:
    async def parts() -> AsyncGenerator[Sequence[Sequence[object]]]:
        for _ in "x":
            raise OutcomeUnknown
        yield []

    async with answer_of(parts) as answer:
        assert (answer.status, (await answer.json())["type"]) == (503, "/problems/outcome-unknown")


@pytest.mark.parametrize("error", [OutcomeUnknown(), KeyError("unforeseen")], ids=["refusal", "error"])
async def test_a_table_that_is_not_whole_does_not_look_as_if_it_were(error: Exception) -> None:
    async def parts() -> AsyncGenerator[Sequence[Sequence[object]]]:
        yield [["one"]]
        raise error

    with structlog.testing.capture_logs() as lines:
        async with answer_of(parts) as answer:
            assert answer.status == 200
            with pytest.raises(aiohttp.ClientPayloadError):
                await answer.read()
    assert [line["event"] for line in lines] == ["answer-cut", "request"]


async def test_each_part_has_a_requests_time_for_redis() -> None:
    left: list[float] = []

    async def parts() -> AsyncGenerator[Sequence[Sequence[object]]]:
        for _ in range(3):
            usage = current_usage()
            assert usage
            left.append(usage.left)
            usage.left = 0.0
            yield [["one"]]

    async with answer_of(parts) as answer:
        await answer.read()
    assert left == [REQUEST_WITHIN] * 3


async def test_head_reads_no_more_than_it_needs_to_refuse() -> None:
    made = 0

    async def parts() -> AsyncGenerator[Sequence[Sequence[object]]]:
        nonlocal made
        for made in range(1, 10):  # noqa: B007 - counted outside
            yield [["one"]]

    async with answer_of(parts, "HEAD") as answer:
        assert (answer.status, await answer.text()) == (200, "")
    assert made == 1
