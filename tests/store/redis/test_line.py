"""The line to Redis: answers in their order, and none that comes late is taken for another's."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError

from admitone.store.redis.connect import open_redis
from admitone.store.redis.line import Line, Losses, pack
from tests.support.flaky_link import Cut, flaky_link

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

LOST = (RedisConnectionError, OSError)


@asynccontextmanager
async def a_line(url: str, *, answer_within: float = 10) -> AsyncIterator[Line]:
    async with open_redis(url, connections=1) as client:
        line = Line(client, Losses(), answer_within=answer_within)
        try:
            yield line
        finally:
            await line.close()


async def ask(line: Line, *commands: tuple[str | bytes | int | float, ...]) -> list[Any]:
    answers: list[Any] = []
    await line.exchange(b"".join(map(pack, commands)), [len(commands)], answers.extend)
    return answers


async def ask_until_answered(line: Line, command: tuple[str, ...]) -> list[Any]:
    """A line that waits for a moment only may give up several times where the machine is slow."""
    while True:
        with suppress(*LOST):
            return await ask(line, command)


@asynccontextmanager
async def paused_writes(redis: Redis) -> AsyncIterator[None]:
    """Have Redis carry nothing out that writes."""
    await redis.execute_command("CLIENT", "PAUSE", "600000", "WRITE")  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await redis.execute_command("CLIENT", "UNPAUSE")  # type: ignore[no-untyped-call]


async def test_answers_come_in_the_order_of_the_commands(redis_url: str) -> None:
    async with a_line(redis_url) as line:
        assert await ask(line, ("SET", "a", 1), ("INCR", "a"), ("GET", "b"), ("ECHO", b"\xff\0\r\n")) == [
            b"OK",
            2,
            None,
            b"\xff\0\r\n",
        ]
        assert await ask(line) == []


async def test_each_part_of_a_trip_is_taken_by_itself(redis_url: str) -> None:
    parts: list[list[Any]] = []
    commands = [pack(("ECHO", word)) for word in ("a", "b", "c")]
    async with a_line(redis_url) as line:
        await line.exchange(b"".join(commands), [1, 2], parts.append)
    assert parts == [[b"a"], [b"b", b"c"]]


async def test_an_error_stands_among_the_answers(redis_url: str) -> None:
    async with a_line(redis_url) as line:
        first, error, last = await ask(line, ("SET", "a", "x"), ("INCR", "a"), ("GET", "a"))
        assert (first, last) == (b"OK", b"x")
        assert isinstance(error, ResponseError)


@pytest.mark.parametrize("cut", list(Cut))
async def test_a_line_that_was_cut_is_made_again_by_the_next_trip(redis_url: str, cut: Cut) -> None:
    async with flaky_link(redis_url) as link, a_line(link.url) as line:
        assert await ask(line, ("ECHO", "first")) == [b"first"]
        link.cut(cut)
        with pytest.raises(LOST):
            await ask(line, ("ECHO", "lost"), ("ECHO", "lost too"))
        assert await ask(line, ("ECHO", "next"), ("ECHO", "last")) == [b"next", b"last"]


async def test_an_answer_that_comes_too_late_is_nobodys(redis: Redis, redis_url: str) -> None:
    async with a_line(redis_url, answer_within=0.1) as line:
        async with paused_writes(redis):
            with pytest.raises(LOST):
                await ask(line, ("INCR", "late"))
        assert await ask_until_answered(line, ("ECHO", "next")) == [b"next"]


async def test_a_caller_that_goes_midway_leaves_no_answer_behind(redis: Redis, redis_url: str) -> None:
    async with a_line(redis_url) as line:
        async with paused_writes(redis):
            caller = asyncio.create_task(ask(line, ("INCR", "left")))
            while (await redis.info("clients"))["blocked_clients"] < 1:  # noqa: ASYNC110 - Redis tells nobody
                await asyncio.sleep(0.001)
            caller.cancel()
            await asyncio.gather(caller, return_exceptions=True)
        assert await ask(line, ("ECHO", "next")) == [b"next"]


async def test_answers_that_nobody_took_are_nobodys(redis_url: str) -> None:
    async with a_line(redis_url) as line:

        def fail(answers: list[Any]) -> None:
            raise LookupError(answers)

        with pytest.raises(LookupError):
            await line.exchange(pack(("ECHO", "a")) + pack(("ECHO", "b")), [1, 1], fail)
        assert await ask(line, ("ECHO", "next")) == [b"next"]


async def test_a_closed_line_gives_its_connection_back(redis_url: str) -> None:
    async with open_redis(redis_url, connections=1) as client:
        line = Line(client, Losses(), answer_within=10)
        await ask(line, ("ECHO", "a"))
        await line.close()
        assert await client.ping()


@pytest.mark.parametrize(("word", "error"), [("\ud800", UnicodeEncodeError), (None, TypeError)])
def test_what_redis_cannot_be_told_is_refused(word: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        pack(("ECHO", word))
