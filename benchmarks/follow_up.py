"""Processor time of what follows from a booking, as a ratio to that of a bare aiohttp handler.

A worker is stopped while bookings are made; then it works them off. Each has two mails, to the customer and
to the host; nobody has connected Google. The mails are *kept*, as there is no mail server, or go to one
beside the worker by *smtp*, each on a connection of its own. Floor and worker take turns, as in `http_load`,
and a figure is the median of the ratios of neighbouring turns.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
import redis.asyncio
import uvloop

from benchmarks.client import Connections
from benchmarks.http_load import CLIENTS, FLOOR, processor_time
from benchmarks.mail_sink import mail_sink
from benchmarks.processes import running_floor, running_redis, running_server, running_workers
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Running

TURNS = 12
BOOKINGS = 100
"""In each turn; as many calls of the floor are one slice of it."""
AIMS = {("kept", "worker"): 42.0, ("kept", "redis"): 17.5}


class FollowUp(msgspec.Struct, frozen=True):
    """One figure; times are microseconds of processor time for one booking, `rate` is bookings a second."""

    mails: str
    process: str
    floor: float
    time: float
    ratio: float
    aim: float | None
    rate: float


def measure() -> list[FollowUp]:
    """The ratios of the worker and of Redis, for kept mails and for sent ones."""
    return [row for mails in ("kept", "smtp") for row in uvloop.run(_measure(mails))]


async def _measure(mails: str) -> list[FollowUp]:
    async with mail_sink() as sink:
        by_smtp = {
            "ADMITONE_SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "ADMITONE_MAIL_FROM": "bookings@host.test",
        }
        with (
            running_redis() as server,
            running_floor() as floor,
            running_server(server.address) as web,
            running_workers(server.address, 1, by_smtp if mails == "smtp" else {}) as [worker],
        ):
            site, bare = Site(server.address, web.port), Connections(floor.port)
            await site.prepare()
            codes = iter(await site.links((TURNS + 2) * BOOKINGS))
            turns = [await _turn(site, bare, codes, (floor, worker, server)) for _ in range(TURNS + 2)]
    assert sink.taken == (len(turns) * BOOKINGS * 2 if mails == "smtp" else 0)
    return _figures(mails, turns[2:])  # the first ones warm up


async def _turn(
    site: Site,
    bare: Connections,
    codes: Iterator[str],
    processes: tuple[Running, Running, Running],
) -> tuple[float, float, float, float]:
    """Microseconds for one call of the floor, of the worker and of Redis for a booking; bookings a second."""
    floor, worker, server = processes
    before = processor_time(floor)
    calls = iter([FLOOR] * BOOKINGS)
    await bare.load(CLIENTS, lambda: next(calls, None))
    lower = processor_time(floor) - before
    with _stopped(worker):
        bookings = iter([site.booking(next(codes)) for _ in range(BOOKINGS)])
        taken = await site.connections.load(CLIENTS, lambda: next(bookings, None))
        assert set(taken.statuses) == {201}, taken.statuses
    of_worker, of_redis, began = processor_time(worker), processor_time(server), time.perf_counter()
    await _worked_off(server.address)
    seconds = time.perf_counter() - began
    spent = (lower, processor_time(worker) - of_worker, processor_time(server) - of_redis)
    return (*(each / BOOKINGS for each in spent), BOOKINGS / seconds)  # type: ignore[return-value]


@contextmanager
def _stopped(process: Running) -> Iterator[None]:
    """The process does not run meanwhile."""
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


async def _worked_off(address: str) -> None:
    """Wait until no job is left; it looks seldom, as Redis' time is measured."""
    async with redis.asyncio.Redis(unix_socket_path=address.removeprefix("unix://")) as client:
        for key in [key async for key in client.scan_iter("ao:{p*}:jobs")]:
            while await client.xlen(key):  # noqa: ASYNC110 - another process works
                await asyncio.sleep(0.02)


def _figures(mails: str, turns: list[tuple[float, float, float, float]]) -> list[FollowUp]:
    floors, workers, others, rates = zip(*turns, strict=True)
    return [
        FollowUp(
            mails=mails,
            process=process,
            floor=round(statistics.median(floors), 1),
            time=round(statistics.median(times), 1),
            ratio=round(
                statistics.median(upper / lower for lower, upper in zip(floors, times, strict=True)), 1
            ),
            aim=AIMS.get((mails, process)),
            rate=round(statistics.median(rates), 1),
        )
        for process, times in (("worker", workers), ("redis", others))
    ]
