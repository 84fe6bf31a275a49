"""Whether reports of 100,000 bookings in a year take longer than those of 1,000.

Two servers, each with its own Redis, take turns with one client, as in growth.py. The counters are those that
as many bookings by one-time links would have made, written past the server.
"""

from __future__ import annotations

import random
import struct
from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import uvloop

from admitone.domain import tokens
from admitone.domain.reports.figures import CHANGES, RESERVED, ROW, month_of, place_of, row_name
from admitone.domain.reports.spans import bucket_of
from admitone.store.keys import WorkspaceKeys
from admitone.store.redis.connect import open_redis
from benchmarks.client import request
from benchmarks.growth import AIM_OF_LISTS, Growth, growth_of
from benchmarks.processes import running_redis, running_server
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.reports.figures import Dimension, Span

FEW, MANY = 1_000, 100_000
DAYS = 365
TURNS = 20
CALLS = 10
"""In each turn."""
CALLED = {
    "30 days": "summary?",
    "30 days by page": "summary?group_by=page",
    "30 days by domain": "summary?group_by=domain",
    "a year by week": "summary?group_by=week&from={year}",
    "a year by host": "summary?group_by=host&from={year}",
    "spread over pools": "spread?",
}
KEYS: Mapping[Dimension, int] = {
    "total": 0,
    "page": 20,
    "event_type": 10,
    "host": 20,
    "channel": 4,
    "domain": 400,
}
"""How many pages, domains … the bookings are spread over."""

Tables = defaultdict[tuple[str, bool], defaultdict[str, defaultdict[int, int]]]
"""Counters by month and whether they are those of domains, then by the name of a row and a place in it."""
SPANS: Mapping[Span, int] = {"to_open": 86_400, "to_book": 86_400, "lead": 14 * 86_400}
"""The longest of each time in seconds."""


def measure() -> list[Growth]:
    """Each report's growth."""
    return uvloop.run(_measure())


async def _measure() -> list[Growth]:
    with ExitStack() as stack:
        sites = [await _site(stack, number) for number in (FEW, MANY)]
        return [await _growth(call, query, sites) for call, query in CALLED.items()]


async def _growth(call: str, query: str, sites: list[Site]) -> Growth:
    first = datetime.now(UTC).date() - timedelta(days=DAYS - 1)
    path = f"/api/v1/reports/{query.format(year=first)}"
    makers = {site: partial(request, "GET", path, key=site.key) for site in sites}
    growth = await growth_of(call, makers, AIM_OF_LISTS, turns=TURNS, calls_a_turn=CALLS)
    for site, make in makers.items():
        answer = await site.connections.once(make())
        assert b'"scheduled":0,' not in answer.bodies[0][:400], answer.bodies[0][:400]
    return growth


async def _site(stack: ExitStack, number: int) -> Site:
    redis = stack.enter_context(running_redis())
    server = stack.enter_context(running_server(redis.address))
    site = Site(redis.address, server.port, (server, redis))
    await site.prepare()
    workspace = site.key[: tokens.WORKSPACE_LENGTH]
    keys = WorkspaceKeys(workspace, 16)
    async with open_redis(redis.address) as client, client.pipeline(transaction=False) as pipeline:
        for (month, is_domain), rows in _counters(number).items():
            table, first = keys.report(month, is_domain=is_domain), 0 if is_domain else RESERVED
            named = {name: row for row, name in enumerate((name for name in rows if name), first)}
            numbers = {
                named.get(name, 0) * ROW + at: n for name, row in rows.items() for at, n in row.items()
            }
            there = range(max(numbers) + 1)
            text = struct.pack(f">{len(there)}i", *(numbers.get(place, 0) for place in there))
            pipeline.set(table.counters, text)
            pipeline.hset(table.rows, mapping={name: str(row) for name, row in named.items()})
        await pipeline.execute()
    return site


def _counters(number: int) -> Tables:
    """The counters of links that were opened and booked within a day, for a meeting within two weeks."""
    chance = random.Random(0)
    today = datetime.now(UTC).date()
    found: Tables = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for _ in range(number):
        day = today - timedelta(days=chance.randrange(DAYS))
        total = found[month_of(day), False][""]
        for dimension, most in KEYS.items():
            key = f"{dimension}{int(chance.paretovariate(1)) % most}" if most else ""
            row = found[month_of(day), dimension == "domain"][row_name(dimension, key)]
            for figure in ("made", "fetched", "opened", "booked", "scheduled"):
                row[place_of(figure, day)] += 1
        for span, longest in SPANS.items():
            total[place_of(f"{span}.{bucket_of(int(chance.random() ** 3 * longest))}", day)] += 1
        total[CHANGES] = 1
    return found
