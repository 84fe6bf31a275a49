"""The checker finds what it is for: each thing that could be wrong is made wrong once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.factories import DAY, HOUR, NOW, WORKSPACE, a_user
from tests.support.invariants import check_invariants
from tests.support.store.actions import (
    a_store,
    a_write,
    put_booking,
    put_link,
    put_records,
    slot_of,
    the_booking,
    the_link,
    try_cancel,
    try_move,
    try_reactivate,
    try_revoke,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store

START = NOW + DAY


class Scene:
    """A workspace in which something of everything has happened; names are filled into commands."""

    def __init__(self, store: Store, names: dict[str, str]) -> None:
        self.store = store
        self.names = names

    async def do(self, *words: str) -> None:
        """Give Redis a command; `{name}` stands for an id, and a key is what follows the workspace."""
        command, key, *rest = (word.format(**self.names) for word in words)
        client: Any = self.store.client
        await client.execute_command(command, f"ao:{{p12}}:{WORKSPACE}:{key}", *rest)


@pytest.fixture
async def scene(redis_url: str) -> AsyncIterator[Scene]:
    async with a_store(redis_url) as store:
        await put_records(store, a_write("user", a_user()))
        free, booked, revoked = [
            await put_link(store, name=f"Person {i}", email="p@x.test") for i in range(3)
        ]
        await try_revoke(store, free.id)
        await try_reactivate(store, await the_link(store, free.id))
        await try_revoke(store, revoked.id)
        live = await put_booking(store, link=booked.id, start=START, users=["paula", "quentin"], after=600)
        await try_move(store, live, slot_of(live, by=HOUR))
        cancelled = await put_booking(store, start=START + 5 * HOUR, users=["paula"])
        await try_cancel(store, await the_booking(store, cancelled.id))
        later = await put_booking(store, start=START + 3 * HOUR, users=["paula"], before=600)
        names = {"free": free.id, "booked": booked.id, "revoked": revoked.id}
        names |= {"live": live.id, "cancelled": cancelled.id, "later": later.id}
        yield Scene(store, names)


async def test_nothing_is_wrong_with_the_scene(scene: Scene) -> None:
    assert await check_invariants(scene.store.client) == []


WRONGS: list[tuple[str, ...]] = [
    ("HDEL", "link:{free}", "page"),
    ("HDEL", "link:{booked}", "booked"),
    ("HSET", "link:{booked}", "booked", "{later}"),
    ("HSET", "link:{booked}", "earlier", "{later}"),
    ("HSET", "link:{booked}", "revoked", "1"),
    ("HSET", "link:{free}", "revoked", "1"),
    ("HSET", "link:{free}", "booked", "{later}"),
    ("HSET", "link:{free}", "name", "Somebody Else"),
    ("HSET", "link:{free}", "by", "another"),
    ("HSET", "link:{free}", "page", "another"),
    ("HSET", "link:{free}", "opened", "1"),
    ("HDEL", "link:{revoked}", "revoked"),
    ("DEL", "link:{free}"),
    ("DEL", "link:{revoked}:history"),
    ("RPUSH", "link:none:history", '{{"type": "link.revoked"}}'),
    ("HSET", "booking:{cancelled}", "status", "scheduled"),
    ("HSET", "booking:{live}", "status", "scheduled"),
    ("HSET", "booking:{live}", "status", "cancelled"),
    ("HSET", "booking:{live}", "status", "completed"),
    ("HSET", "booking:{live}", "start", str(START)),
    ("HSET", "booking:{live}", "end", str(START + 3 * HOUR - 1)),
    ("HSET", "booking:{live}", "before", "60"),
    ("HSET", "booking:{live}", "users", "paula"),
    ("HSET", "booking:{live}", "users", "paula,paula"),
    ("HSET", "booking:{live}", "sequence", "7"),
    ("HSET", "booking:{live}", "reschedules", "7"),
    ("HSET", "booking:{live}", "page", "another"),
    ("HSET", "booking:{live}", "link", "{free}"),
    ("HDEL", "booking:{live}", "event_type"),
    ("DEL", "booking:{live}"),
    ("DEL", "booking:{later}:data"),
    ("DEL", "occupied:quentin"),
    ("ZADD", "occupied:quentin", "1", "x|2|0|0|e"),
    ("ZADD", "occupied:another", "1", "x|2|0|0|e"),
    ("DEL", "links"),
    ("ZADD", "links", "1", "x"),
    ("ZREM", "links:page:page", "{free}"),
    ("ZADD", "links:user:user", "1", "{free}"),
    ("ZREM", "bookings", "{cancelled}"),
    ("ZADD", "bookings", "1", "{live}"),
    ("ZADD", "bookings:page:page", "1", "{live}"),
    ("ZADD", "bookings:page:another", "1", "{live}"),
    ("ZADD", "links:words", "0", "somebody\0{free}"),
    ("DEL", "links:words"),
    ("DEL", "bookings:words"),
    ("ZADD", "links:booked", "1", "{free}"),
    ("DEL", "links:booked"),
    ("DEL", "links:revoked"),
    ("ZADD", "links:expired", "1", "{free}"),
    ("ZREM", "links:expiring", "{free}"),
    *(("HINCRBY", "counts", name, "1") for name in ("links", "links_booked", "links_revoked", "bookings")),
    *(("HINCRBY", "counts", name, "-1") for name in ("cancelled", "no_show", "reschedules")),
    ("BITFIELD", "report:2026-11:all", "INCRBY", "i32", "#170", "1"),
    ("DEL", "report:2026-11:domains"),
    ("HINCRBY", "report:2026-11:all:rows", "page:page", "1"),
    ("HDEL", "booking:{live}", "counted"),
    ("HDEL", "link:{booked}", "first_booked"),
    ("HSET", "config", "counter", "0"),
    ("HSET", "config", "event_type:x", "1 {{}}"),
    ("HDEL", "config", "user:user"),
    ("ZADD", "list:user", "1", "another"),
    ("DEL", "list:user"),
    ("DEL", "activity"),
    ("XADD", "activity", "*", "event", '{{"type": "link.created", "link": "{free}"}}'),
    ("XADD", "activity", "*", "event", '{{"type": "booking.cancelled", "booking": "{live}"}}'),
    ("SET", "operation:x", "for ever"),
]


@pytest.mark.parametrize("words", WRONGS, ids=" ".join)
async def test_what_is_wrong_is_found(scene: Scene, words: tuple[str, ...]) -> None:
    await scene.do(*words)
    assert await check_invariants(scene.store.client)


async def test_a_lost_or_repeated_job_is_found(scene: Scene) -> None:
    client: Any = scene.store.client
    jobs = scene.store.keys(WORKSPACE).jobs
    [(_, created), *_] = [
        entry for entry in await client.xrange(jobs) if b"link.created" in entry[1][b"event"]
    ]
    again = await client.xadd(jobs, created)
    assert await check_invariants(client)
    await client.xdel(jobs, again)
    assert await check_invariants(client) == []
    await client.delete(jobs)
    assert await check_invariants(client)
    await client.xgroup_create(jobs, "workers", mkstream=True)
    assert await check_invariants(client) == []  # workers have taken them
