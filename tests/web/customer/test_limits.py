"""Guessing is made slow, and nobody who has the right address is held up by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.store.records.misses import PERIOD
from admitone.web.http.connections.network_limit import MISSES
from tests.support.api.calling import Api
from tests.support.api.deployment import Clock, deployed
from tests.support.customer.host import a_host
from tests.support.factories import NOW, a_code, a_manage_token

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

KEY = "0ABC" + "0" * 36


async def miss(visitor: Visitor, times: int = MISSES) -> None:
    """Guess codes, each of which must be wrong and nothing more."""
    for _ in range(times):
        assert (await visitor.get(f"/.{a_code()}")).status == 404


async def test_who_guesses_too_often_is_told_to_wait(host: Host, visitor: Visitor, clock: Clock) -> None:
    await miss(visitor)
    for path in (f"/.{a_code()}", f"/manage/{a_manage_token()}", f"/api/v1/book/{a_code()}", "/nobody-here"):
        answer = await visitor.get(path)
        assert answer.status == 429
        assert int(answer.headers["Retry-After"]) == PERIOD - NOW % PERIOD
    keyed = Api(visitor.http, visitor.url, KEY)
    assert (await keyed.get("/me")).status == 429
    clock.forward(seconds=PERIOD - NOW % PERIOD)
    await miss(visitor, 1)


async def test_what_is_right_is_always_answered(host: Host, visitor: Visitor) -> None:
    path, manage = await host.path(), await host.booked("2026-11-19T09:00:00Z")
    await miss(visitor)
    for right in (path, manage, "/hanna-page", f"{manage}/invite.ics", f"/api/v1/book/{path[2:]}"):
        assert (await visitor.get(right)).status == 200
    assert (await host.api.get("/me")).status == 200


async def test_wrong_keys_and_tokens_count_with_wrong_codes(host: Host, visitor: Visitor) -> None:
    await miss(visitor, MISSES - 2)
    keyed = Api(visitor.http, visitor.url, KEY)
    assert (await keyed.get("/me")).status == 401
    assert (await visitor.get(f"/manage/{a_manage_token()}")).status == 404
    assert (await visitor.get(f"/.{a_code()}")).status == 429


async def test_no_key_at_all_is_no_guess(host: Host, visitor: Visitor) -> None:
    for _ in range(MISSES + 2):
        assert (await visitor.get("/api/v1/me")).status == 401
    await miss(visitor, 1)


async def test_addresses_are_counted_apart_behind_a_trusted_proxy(redis_url: str, visitor: Visitor) -> None:
    async with deployed(redis_url, Clock(), TRUSTED_PROXIES="127.0.0.1/32") as behind_proxy:
        await a_host(behind_proxy, slug="another-page")
        visitor.url = behind_proxy.url
        for _ in range(MISSES):
            assert (await visitor.get("/nobody", **{"X-Forwarded-For": "203.0.113.7"})).status == 404
        assert (await visitor.get("/nobody", **{"X-Forwarded-For": "203.0.113.7"})).status == 429
        assert (await visitor.get("/nobody", **{"X-Forwarded-For": "203.0.113.8"})).status == 404
        for last in range(MISSES):
            address = {"X-Forwarded-For": f"2001:db8:1:2::{last}"}
            assert (await visitor.get("/nobody", **address)).status == 404
        assert (await visitor.get("/nobody", **{"X-Forwarded-For": "2001:db8:1:2:ffff::"})).status == 429
        assert (await visitor.get("/nobody", **{"X-Forwarded-For": "2001:db8:1:3::"})).status == 404


async def test_nobody_else_can_name_an_address(host: Host, visitor: Visitor) -> None:
    await miss(visitor)
    answer = await visitor.get(f"/.{a_code()}", **{"X-Forwarded-For": "203.0.113.9"})
    assert answer.status == 429


async def test_no_address_is_kept_and_every_counter_ends(host: Host, visitor: Visitor, redis: Redis) -> None:
    await miss(visitor, 2)
    [key] = [key async for key in redis.scan_iter(match="ao:{misses:*")]
    assert b"127.0.0.1" not in key
    assert await redis.get(key) == b"2"
    assert 0 < await redis.ttl(key) <= 2 * PERIOD


async def test_the_limits_can_be_lifted_for_load_tests(redis_url: str, visitor: Visitor) -> None:
    async with deployed(redis_url, Clock(), RATE_LIMITS="off") as unlimited:
        visitor.url = unlimited.url
        await miss(visitor, MISSES + 5)


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
async def test_a_customers_page_says_it_as_a_page(host: Host, visitor: Visitor, accept: str) -> None:
    await miss(visitor)
    answer = await visitor.get(f"/.{a_code()}", Accept=accept)
    assert "Too many requests. Wait a little and try again." in answer.page.text
