"""Round trips are shared, and a connection that is lost is nobody's business but the coalescer's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.domain.errors import Busy, OutcomeUnknown, StorageFull
from admitone.store.codes import Code
from admitone.store.redis import coalescer
from admitone.store.redis.coalescer import Coalescer, Command, script_call
from admitone.store.redis.line import Line, Losses
from admitone.store.redis.lines import LONG_QUEUE
from tests.support.factories import NOW, WORKSPACE, a_booking, a_link
from tests.support.flaky_link import Cut, flaky_link
from tests.support.store.actions import a_store, put_link, read, the_link, try_book, try_create
from tests.support.store.monitor import monitor

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer


async def test_what_is_asked_for_together_goes_out_together(store: Store) -> None:
    before = store.lines.trips
    answers = await asyncio.gather(*(store.send(Command(("ECHO", str(i)))) for i in range(500)))
    assert answers == [[str(i).encode()] for i in range(500)]
    assert store.lines.trips == before + 1


async def test_what_is_asked_for_meanwhile_goes_out_with_the_next_trip(store: Store) -> None:
    before = store.lines.trips

    async def ask_again_and_again(times: int) -> None:
        for _ in range(times):
            await store.send(Command(("INCR", "n")))

    callers = LONG_QUEUE - 2  # all of them share the first line
    await asyncio.gather(*(ask_again_and_again(10) for _ in range(callers)))
    assert await store.client.get("n") == str(10 * callers).encode()
    assert store.lines.trips - before <= 20


async def test_a_burst_is_cut_into_trips(store: Store) -> None:
    before = store.lines.trips
    count = coalescer.TRIP_LENGTH * 2 + 1
    await asyncio.gather(*(store.send(Command(("ECHO", "n"))) for _ in range(count)))
    assert store.lines.trips == before + 3


async def test_further_lines_are_opened_when_the_queue_is_long(store: Store) -> None:
    async def connections_after(writes: int) -> int:
        await asyncio.gather(*(store.send(Command(("INCR", "n"))) for _ in range(writes)))
        return int((await store.client.info("clients"))["connected_clients"])

    first = await connections_after(1)
    assert await connections_after(LONG_QUEUE) == first
    assert await connections_after(LONG_QUEUE + 1) == first + 1
    assert await connections_after(10 * LONG_QUEUE) == first + 2
    assert await store.client.get("n") == str(1 + LONG_QUEUE + LONG_QUEUE + 1 + 10 * LONG_QUEUE).encode()


async def test_each_caller_gets_the_answers_to_its_own_commands_in_their_order(store: Store) -> None:
    async def ask(i: int) -> list[Any]:
        return await store.send(*(Command(("ECHO", f"{i}.{j}")) for j in range(i % 5)))

    answers = await asyncio.gather(*map(ask, range(100)))
    assert answers == [[f"{i}.{j}".encode() for j in range(i % 5)] for i in range(100)]


async def test_a_script_that_redis_lacks_is_sent_again_alone(store: Store, redis_server: RedisServer) -> None:
    await put_link(store)
    await store.client.script_flush()
    link = a_link()
    async with monitor(redis_server.socket) as told:
        answer, _ = await asyncio.gather(try_create(store, link), store.send(Command(("INCR", "n"))))
    assert answer.code is Code.OK
    assert await store.client.get("n") == b"1"
    words = [one.words[0].upper() for one in told if not one.by_script]
    assert words.count(b"INCR") == words.count(b"EVAL") == 1


@pytest.mark.parametrize("reason", ["memory", "replica"])
async def test_a_redis_that_takes_no_writes_makes_it_busy(store: Store, reason: str) -> None:
    link = await put_link(store)
    await (
        store.client.config_set("maxmemory", 1)
        if reason == "memory"
        else store.client.replicaof("127.0.0.1", 1)
    )
    try:
        with pytest.raises(StorageFull if reason == "memory" else Busy):
            await try_create(store, a_link())
        assert (await the_link(store, link.id)).id == link.id
    finally:
        await store.client.config_set("maxmemory", 0)
        await store.client.replicaof("NO", "ONE")
    assert (await try_create(store, a_link())).code is Code.OK


async def test_an_error_reaches_only_the_caller_whose_command_it_answers(store: Store) -> None:
    await store.client.set("text", "x")
    answers = await asyncio.gather(
        store.send(Command(("INCR", "n"))),
        store.send(Command(("INCR", "n")), Command(("INCR", "text")), Command(("INCR", "n"))),
        try_create(store, a_link()),
        store.send(Command(("INCR", "n"))),
        return_exceptions=True,
    )
    assert [type(answer).__name__ for answer in answers] == ["list", "ResponseError", "ScriptAnswer", "list"]
    assert await store.client.get("n") == b"4"


@pytest.mark.parametrize(
    ("word", "error"), [("\ud800", UnicodeEncodeError), (None, TypeError), (True, TypeError)]
)
async def test_what_cannot_be_sent_is_refused_and_harms_nobody(
    store: Store, word: Any, error: type[Exception]
) -> None:
    answers = await asyncio.gather(
        store.send(Command(("ECHO", "before"))),
        store.send(Command(("ECHO", word))),
        store.send(Command(("ECHO", "after"))),
        return_exceptions=True,
    )
    assert [answers[0], answers[2]] == [[b"before"], [b"after"]]
    assert isinstance(answers[1], error)
    assert await store.send(Command(("ECHO", "later"))) == [b"later"]


async def test_a_caller_that_has_gone_harms_nobody(store: Store) -> None:
    calls = [asyncio.create_task(store.send(Command(("ECHO", str(i))))) for i in range(300)]
    await asyncio.sleep(0)
    for call in calls[::2]:
        call.cancel()
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(answer, asyncio.CancelledError) for answer in answers[::2])
    assert answers[1::2] == [[str(i).encode()] for i in range(1, 300, 2)]
    assert await store.send(Command(("ECHO", "later"))) == [b"later"]


async def test_a_full_queue_refuses_and_recovers(redis: Redis) -> None:
    full = Coalescer(Line(redis, Losses(), answer_within=10))
    waiting = [full.ask([Command(("INCR", "n"))]) for _ in range(coalescer.QUEUE_LENGTH)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await full.ask([Command(("INCR", "n"))])
    running = asyncio.create_task(full.run())
    await asyncio.gather(*waiting)
    assert await full.ask([Command(("GET", "n"))]) == [str(coalescer.QUEUE_LENGTH).encode()]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_after_four_attempts_a_read_is_busy_and_a_write_unknown(redis_url: str) -> None:
    async with flaky_link(redis_url) as link, a_store(link.url) as store:
        known = await put_link(store)
        snapshot = await read(store)
        await snapshot.load(("booking_page", known.page))  # whoever makes a link has read its page
        link.is_down = True
        read_only, with_telemetry, write, mixed = await asyncio.gather(
            read(store, link=known.id),
            read(store, link=known.id, fetched_at=NOW),
            try_create(store, a_link(), snapshot=snapshot),
            store.send(Command(("GET", "n")), _call_of_a_script(store)),
            return_exceptions=True,
        )
        assert isinstance(read_only, Busy)
        assert isinstance(with_telemetry, Busy)
        assert isinstance(write, OutcomeUnknown)
        assert isinstance(mixed, OutcomeUnknown)
        link.is_down = False
        assert (await the_link(store, known.id)).fetches == 0


async def test_what_was_lost_fewer_times_is_answered(redis_url: str) -> None:
    async with flaky_link(redis_url) as link, a_store(link.url) as store:
        known = await put_link(store)
        booking = a_booking(link=known.id)
        snapshot = await read(store, link=known.id)
        await store.client.script_load(store.scripts["book"].text)
        link.cut(Cut.BEFORE, Cut.AFTER, Cut.MIDWAY, matching=b"EVALSHA")
        answer = await try_book(store, booking, snapshot=snapshot)
        assert (answer.code, answer.rest) == (Code.APPLIED, [b"user"])
        assert link.cuts == coalescer.ATTEMPTS - 1
        assert (await the_link(store, known.id)).bookings == (booking.id,)


async def test_telemetry_that_fails_does_not_fail_the_read(store: Store) -> None:
    link = await put_link(store)
    await store.client.hset(store.keys(WORKSPACE).link(link.id), "fetches", "007")
    snapshot = await read(store, link=link.id, fetched_at=NOW)
    assert snapshot.link
    assert snapshot.link.code == link.code


async def test_whoever_waits_when_it_ends_is_told(redis_url: str) -> None:
    async with flaky_link(redis_url) as link:
        async with a_store(link.url) as store:
            link.is_down = True
            calls = [
                asyncio.create_task(store.send(Command(("GET", "n")))),
                asyncio.create_task(store.send(_call_of_a_script(store))),
            ]
            await link.was_cut.wait()
        answers = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(answer) for answer in answers] == [Busy, OutcomeUnknown]
        with pytest.raises(Busy):
            await store.send(Command(("GET", "n")))


STAMP = {"schema": 1, "partitions": 16, "proof": "sealed"}


def _call_of_a_script(store: Store) -> Command:
    return script_call(store.scripts["stamp"], ["ao:{meta}"], msgspec.msgpack.encode(STAMP))
