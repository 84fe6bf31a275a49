"""What share of the limit of one Redis one server process reaches, for the calls that write.

The limit is the rate at which Redis carries out the very script calls that the server sends, from a client
that does nothing else: some connections, each with pipelines of ready bytes. MONITOR records the calls while
the server answers requests. Then limit and server take turns, each time on the same data.

Rates follow from processor time, as in `http_load`: what else runs on the machine does not count, and neither
does the time that Redis waits for its disk, which all calls of a trip share.
"""

from __future__ import annotations

import ast
import asyncio
import re
import statistics
from collections import Counter
from typing import TYPE_CHECKING

import hiredis
import msgspec
import uvloop
from redis.asyncio import Redis

from admitone.store.codes import Code
from benchmarks.http_load import processor_time
from benchmarks.processes import running_redis, running_server
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from benchmarks.processes import Running

CALLS = 2_000
TURNS = 7
CONNECTIONS, PIPELINE = 8, 16
"""As many calls are under way as the server has clients."""
CLIENTS = CONNECTIONS * PIPELINE
_WORD = re.compile(rb'"(?:[^"\\]|\\.)*"')
Data = list[tuple[bytes, int, bytes]]
"""All keys with their lifetimes in milliseconds (0: none) and what DUMP says of them."""


class Share(msgspec.Struct, frozen=True):
    """Calls a second that one core carries out: of Redis for its limit, and of the server.

    All are medians, the share that of the ratios of neighbouring turns.
    """

    call: str
    limit: int
    server: int
    share: float


def measure() -> list[Share]:
    """The share for creations and for bookings."""
    return uvloop.run(_measure())


async def _measure() -> list[Share]:
    with running_redis() as redis, running_server(redis.address) as server:
        site = Site(redis.address, server.port)
        await site.prepare()
        codes = (await site.links(CALLS))[:CALLS]
        creation = site.creation()
        async with Redis(unix_socket_path=_path(redis)) as client:
            return [
                await _share("creation", client, redis, server, site, lambda: [creation] * CALLS),
                await _share(
                    "booking", client, redis, server, site, lambda: [site.booking(code) for code in codes]
                ),
            ]


async def _share(
    call: str,
    client: Redis,
    redis: Running,
    server: Running,
    site: Site,
    requests: Callable[[], list[bytes]],
) -> Share:
    data = await _dump(client)
    recorded = await _record(_path(redis), site, requests())
    limits, rates = [], []
    for turn in range(TURNS + 1):
        await _restore(client, data)
        limit = await _rate(redis, _replay(_path(redis), recorded))
        await _restore(client, data)
        rate = await _rate(server, _ask(site, requests()))
        if turn > 0:  # the first one warms up
            limits.append(limit)
            rates.append(rate)
    await _restore(client, data)
    share = statistics.median(rate / limit for rate, limit in zip(rates, limits, strict=True))
    return Share(call, round(statistics.median(limits)), round(statistics.median(rates)), round(share, 2))


async def _rate(process: Running, calls: Awaitable[None]) -> float:
    """Calls in a second of the process' time, by the time that it takes for `CALLS` calls."""
    before = processor_time(process)
    await calls
    return CALLS * 1_000_000 / (processor_time(process) - before)


async def _ask(site: Site, requests: Sequence[bytes]) -> None:
    calls = iter(requests)
    taken = await site.connections.load(CLIENTS, lambda: next(calls, None))
    assert set(taken.statuses) == {201}, taken.statuses


async def _record(path: str, site: Site, requests: Sequence[bytes]) -> list[bytes]:
    """The script calls that the server sends for these requests, as bytes of Redis' protocol."""
    reader, writer = await asyncio.open_unix_connection(path, limit=2**20)
    writer.write(b"MONITOR\r\n")
    await reader.readline()
    await _ask(site, requests)
    writer.write(b"QUIT\r\n")
    lines = (await reader.read()).split(b"\r\n")
    writer.close()
    found = [_words(line) for line in lines if b'] "' in line and b" lua]" not in line]
    scripts = Counter(words[1] for words in found if words[0].upper() == b"EVALSHA")
    [(script, count)] = scripts.most_common(1)  # the server also says now and then that it is alive
    assert count == len(requests), (count, len(requests))
    return [_packed(words) for words in found if words[1:2] == [script]]


def _words(line: bytes) -> list[bytes]:
    """The words of a command as MONITOR shows them: quoted and escaped, as Python's bytes are."""
    words = b",".join(b"b" + word for word in _WORD.findall(line))
    found: list[bytes] = ast.literal_eval(f"[{words.decode()}]")
    return found


def _packed(words: Sequence[bytes]) -> bytes:
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


async def _replay(path: str, calls: Sequence[bytes]) -> None:
    """Let Redis carry out the calls, each of which must succeed."""
    pipelines = iter([calls[first : first + PIPELINE] for first in range(0, len(calls), PIPELINE)])
    streams = [await asyncio.open_unix_connection(path) for _ in range(CONNECTIONS)]

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for pipeline in pipelines:
            writer.write(b"".join(pipeline))
            answers, left = hiredis.Reader(), len(pipeline)
            while left:
                answers.feed(await reader.read(65536))
                while (answer := answers.gets()) is not False:
                    assert isinstance(answer, list), answer
                    assert answer[0] == Code.OK, answer
                    left -= 1
        writer.close()

    await asyncio.gather(*(talk(*stream) for stream in streams))


def _path(redis: Running) -> str:
    return redis.address.removeprefix("unix://")


async def _dump(client: Redis) -> Data:
    keys = [key async for key in client.scan_iter(count=10_000)]
    pipeline = client.pipeline(transaction=False)
    for key in keys:
        pipeline.pttl(key)
        pipeline.dump(key)
    answers = await pipeline.execute()
    found = zip(keys, answers[::2], answers[1::2], strict=True)
    return [(key, max(lifetime, 0), text) for key, lifetime, text in found if text is not None]


async def _restore(client: Redis, data: Data) -> None:
    """Redis holds `data` and nothing else; the scripts that it knows stay."""
    pipeline = client.pipeline(transaction=False)
    pipeline.flushall()
    for key, lifetime, text in data:
        pipeline.restore(key, lifetime, text)
    await pipeline.execute()
