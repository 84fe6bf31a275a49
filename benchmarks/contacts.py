"""Whether lists of 100,000 contacts take longer than those of 1,000, and what a contact takes.

Two servers, each with its own Redis, take turns with one client, as in growth.py.
"""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

import msgspec
import uvloop

from admitone.domain import tokens
from admitone.domain.contacts.contact import ContactBody
from admitone.sealing import Sealer
from admitone.store.redis.connect import open_redis
from admitone.store.store import open_store
from admitone.usecases.contacts.contact_merge import Writer, merge_contacts
from admitone.usecases.shared.services import Services
from benchmarks.client import request
from benchmarks.processes import SECRET_KEY, running_redis, running_server
from benchmarks.site import BATCH, Site

if TYPE_CHECKING:
    from admitone.store.store import Store

FEW, MANY = 1_000, 100_000
TURNS = 20
CALLS = 50
"""In each turn."""
AIM = 1.2
FIRST = ("Anna", "Bob", "Carla", "Dmitri", "Elisabeth", "Frank", "Gabriela", "Hiroshi")
LAST = ("Customer", "Dubois", "Hernandez", "Nakamura", "Okonkwo", "Smith", "Berg")
CALLED = {
    "list": "?limit=50",
    "list by tag": "?limit=50&tag=newsletter",
    "search by address": "?q=carla.dubois99@",
}


class Figure(msgspec.Struct, frozen=True):
    """One figure: milliseconds (medians) with few and many contacts, or bytes and contacts a second.

    Of few contacts, the bytes contain what the server takes once, such as its scripts.
    """

    what: str
    few: float
    many: float
    growth: float
    aim: float


class Filled(msgspec.Struct, frozen=True):
    """A site with contacts: bytes for each, all its indexes included, and how many were written a second."""

    site: Site
    bytes: float
    a_second: float


def measure() -> list[Figure]:
    """Each call's growth, and what the last contacts took."""
    return uvloop.run(_measure())


async def _measure() -> list[Figure]:
    with ExitStack() as stack:
        few, many = [await _filled(stack, number) for number in (FEW, MANY)]
        found = [await _growth(what, query, few.site, many.site) for what, query in CALLED.items()]
        return [
            *found,
            Figure("bytes for each", round(few.bytes), round(many.bytes), many.bytes / few.bytes, 1000),
            Figure("written a second", round(few.a_second), round(many.a_second), 1, 0),
        ]


async def _growth(what: str, query: str, few: Site, many: Site) -> Figure:
    times: dict[Site, list[float]] = {few: [], many: []}
    for _ in range(TURNS):
        for site, latencies in times.items():
            call = request("GET", f"/api/v1/contacts{query}", key=site.key)
            taken = await site.connections.load(1, partial(next, repeat(call, CALLS), None))
            assert set(taken.statuses) == {200}, taken.statuses
            latencies.extend(taken.latencies)
    small, large = (statistics.median(found) * 1000 for found in times.values())
    return Figure(what, round(small, 2), round(large, 2), round(large / small, 2), AIM)


async def _filled(stack: ExitStack, number: int) -> Filled:
    redis_url = stack.enter_context(running_redis()).address
    site = Site(redis_url, stack.enter_context(running_server(redis_url)).port)
    key_id, _, key = SECRET_KEY.partition(":")
    sealer = Sealer({key_id: msgspec.json.decode(f'"{key}"', type=bytes)})
    client = open_redis(redis_url)
    async with open_store(client, sealer, 16) as store:
        before, began = await _used(store, site), time.monotonic()
        for batch in range(number // BATCH):
            await _write(store, site, batch)
        passed, after = time.monotonic() - began, await _used(store, site)
    await client.aclose()
    return Filled(site, (after - before) / number, number / passed)


async def _write(store: Store, site: Site, batch: int) -> None:
    """Write contacts as the server does, but past its HTTP."""
    services = Services(store, lambda: int(time.time()), "", test_addresses=True)
    bodies = [_contact(batch * BATCH + number) for number in range(BATCH)]
    await merge_contacts(services, site.key[: tokens.WORKSPACE_LENGTH], bodies, Writer(by="host"))


def _contact(number: int) -> ContactBody:
    first, last = FIRST[number % len(FIRST)], LAST[number % len(LAST)]
    return ContactBody(
        email=f"{first}.{last}{number}@customer.test",
        first_name=first,
        last_name=last,
        phone="+33 1 23 45 67 89",
        timezone="Europe/Paris",
        locale="fr",
        tags=["lead", "newsletter"],
        fields={"company": "Example Limited", "size": "40", "source": "website"},
    )


async def _used(store: Store, site: Site) -> int:
    """Bytes in use, without streams, and without the answers that are kept for some minutes."""
    workspace = site.key[: tokens.WORKSPACE_LENGTH]
    keys = store.keys(workspace)
    await store.client.delete(keys.jobs, keys.activity)
    async for key in store.client.scan_iter(f"ao:*:{workspace}:operation:*"):
        await store.client.delete(key)
    return int((await store.client.info("memory"))["used_memory"])
