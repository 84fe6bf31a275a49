"""After all that programs do, neither Redis nor the log holds a code, a token or a key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.support.api.calling import CARLA, Api, answered, created, token_of
from tests.support.api.servers import Servers, always_open, coming_days, servers_on
from tests.support.invariants import check_invariants
from tests.support.server_process import running_servers
from tests.support.spellings import spellings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.redis_server import RedisServer


async def test_nothing_that_opens_anything_is_written_down(own_redis: RedisServer, tmp_path: Path) -> None:
    with running_servers(1, tmp_path, REDIS_URL=own_redis.url) as processes:
        async with servers_on(own_redis.url, processes) as servers:
            secrets = await live(servers)
            assert await check_invariants(servers.redis) == []
        [log] = [server.log for server in processes]
    own_redis.stop()
    files = [file for file in own_redis.folder.rglob("*") if file.is_file()]
    kept = b"".join(file.read_bytes() for file in files)
    logged = log.read_bytes()
    assert CARLA["email"].encode() in kept
    assert b"/api/v1/book/{code}" in logged
    for secret in secrets:
        assert [text for text in spellings(secret) if text in kept] == []
        assert [text for text in spellings(secret) if text in logged] == []
    for personal in (CARLA["email"], CARLA["name"], "private matter"):
        assert personal.encode() not in logged


async def live(servers: Servers) -> list[str]:
    """Have programs do everything once; answers the secrets that they were told."""
    admin, customer = await servers.user(), servers.customer
    assert admin.key
    key = created(await admin.new_key("Another", idempotency_key="key"))["key"]
    other = Api(servers.http, servers.any_url, key)
    page = await always_open(other)
    body = {"page": page["id"], "on_cancel": "reactivate", "person": CARLA}
    link = created(await other.post("/links", body, idempotency_key="link"))
    people = [CARLA | {"note": "private matter"}] * 3
    batch = created(
        await other.post("/links/batch", {"page": page["id"], "people": people}, idempotency_key="batch")
    )
    starts = await customer.starts(link["code"], *coming_days(2))
    first = await book(customer, link, starts[0])
    answered(await customer.post(f"/manage/{token_of(first)}/reschedule", {"start": starts[1]}))
    answered(await customer.post(f"/manage/{token_of(first)}/cancel", {"reason": "private matter"}))
    second = await book(customer, link, starts[2])
    general = await book(customer, {"code": page["slug"]}, starts[3])
    answered(await other.post(f"/links/{batch['items'][0]['id']}/revoke"))
    answered(await other.post(f"/links/{batch['items'][0]['id']}/reactivate"))
    await asyncio.gather(
        customer.get(f"/book/{link['code']}"),  # refused, as are the next
        customer.get(f"/manage/{token_of(first)}0"),
        customer.get(f"/book/{link['code']}/slots", timezone=CARLA["email"]),
        other.get("/links", q=CARLA["email"]),
        other.get("/links", cursor=CARLA["email"]),
    )
    links = [link, *batch["items"]]
    tokens = [token_of(booking) for booking in (first, second, general)]
    return [admin.key, key, *(one["code"] for one in links), *tokens]


async def book(customer: Api, link: Any, start: str) -> Any:
    """Book with an Idempotency-Key, so that the answer is kept."""
    return created(await customer.book(link["code"], start, idempotency_key=start, notes="private matter"))
