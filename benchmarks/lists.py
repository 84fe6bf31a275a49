"""Whether lists and searches of 100,000 links take longer than those of 1,000.

Two servers, each with its own Redis, take turns with one client, as in growth.py. All links are for people
named Carla. The ten oldest are revoked, the next ten have expired.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import uvloop

from admitone.domain import tokens
from admitone.domain.event import Event
from admitone.domain.links.link import Link
from admitone.sealing import Sealer
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.links import create_links, revoke_link
from admitone.store.redis.connect import open_redis
from admitone.store.store import open_store
from admitone.usecases.shared.services import new_token
from benchmarks.client import request
from benchmarks.growth import AIM_OF_LISTS, Growth, growth_of
from benchmarks.processes import SECRET_KEY, running_redis, running_server
from benchmarks.site import BATCH, Site

if TYPE_CHECKING:
    from admitone.store.records.configuration.snapshot import Snapshot

FEW, MANY = 1_000, 100_000
TURNS = 20
CALLS = 20
"""In each turn."""
RARE = 10
"""Links that are revoked, and links that have expired."""
DAY = 86_400
CALLED = {
    "list of 50": "limit=50",
    "the ten oldest, revoked": "limit=10&status=revoked",
    "the ten oldest, revoked, of a page": "limit=10&status=revoked&page={page}",
    "expired": "limit=10&status=expired",
    "search by an address": "limit=50&q=carla000999@",
    "search by a common and a rare word": "limit=50&q=carla+customer000999",
    "search by two common words": "limit=50&q=carla+customer",
}
FOUND = {name: RARE for name in CALLED if name.startswith(("the ten", "expired"))}
"""How many links one call of these answers."""


def measure() -> list[Growth]:
    """Each call's growth."""
    return uvloop.run(_measure())


async def _measure() -> list[Growth]:
    with ExitStack() as stack:
        sites = [await _site(stack, number) for number in (FEW, MANY)]
        return [await _growth(call, query, sites) for call, query in CALLED.items()]


async def _growth(call: str, query: str, sites: list[Site]) -> Growth:
    makers = {
        site: partial(request, "GET", f"/api/v1/links?{query.format(page=site.page)}", key=site.key)
        for site in sites
    }
    growth = await growth_of(call, makers, AIM_OF_LISTS, turns=TURNS, calls_a_turn=CALLS)
    for site, make in makers.items():
        answer = await site.connections.once(make())
        items = msgspec.json.decode(answer.bodies[0])["items"]
        assert len(items) == FOUND.get(call, len(items)) > 0, (call, len(items))
    return growth


async def _site(stack: ExitStack, number: int) -> Site:
    redis = stack.enter_context(running_redis())
    server = stack.enter_context(running_server(redis.address))
    site = Site(redis.address, server.port, (server, redis))
    await site.prepare()
    key_id, _, key = SECRET_KEY.partition(":")
    sealer = Sealer({key_id: msgspec.json.decode(f'"{key}"', type=bytes)})
    client = open_redis(redis.address)
    async with open_store(client, sealer, 16) as store:
        workspace = site.key[: tokens.WORKSPACE_LENGTH]
        snapshot = await read_snapshot(store, workspace, Wanted())
        for batch in range(number // BATCH):
            await _write(snapshot, site.page, batch * BATCH)
    await client.aclose()
    return site


async def _write(snapshot: Snapshot, page: str, first: int) -> None:
    """Write links as the server does, but past its HTTP."""
    store, workspace, now = snapshot.store, snapshot.workspace, int(time.time())
    links = [_link(workspace, page, now, first + place) for place in range(BATCH)]
    events = [Event(type="link.created", at=now, by="host", link=link.id) for link in links]
    created, today = time.time_ns() // 1000, datetime.now(UTC).date()
    await create_links(snapshot, links, events, created=created, day=today, operation=None, kept=None)
    if first == 0:
        for link in links[:RARE]:
            event = Event(type="link.revoked", at=now, by="host", link=link.id)
            await revoke_link(store, workspace, link.id, event, now)


def _link(workspace: str, page: str, now: int, number: int) -> Link:
    code = new_token(workspace, tokens.CODE_LENGTH)
    has_expired = RARE <= number < 2 * RARE
    return Link(
        id=tokens.link_id(code),
        page=page,
        created_by="host",
        created_at=now,
        code=code,
        expires_at=now if has_expired else now + 90 * DAY,
        name=f"Carla Customer{number:06}",
        email=f"carla{number:06}@customer.test",
    )
