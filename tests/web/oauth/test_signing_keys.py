"""The keys of access tokens: one set for all servers, followed by new ones, sealed in Redis."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import jwt
import pytest

from admitone.sealing import Sealer
from admitone.store.keys import SIGNING_KEYS
from admitone.store.records.credentials.signing_keys import KNOWN_SECONDS, SIGNING_SECONDS, SigningKeys
from tests.support.api.deployment import Clock, deployed
from tests.support.factories import NOW
from tests.support.oauth.app import REDIRECT_URI, App, granted, refused
from tests.support.store.actions import a_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from admitone.store.store import Store
    from tests.support.api.deployment import Deployment

DAY = 86_400


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Store]:
    """A store on a Redis that is empty."""
    async with a_store(redis_url) as store:
        yield store


async def test_servers_that_start_at_once_share_one_key(store: Store, redis: Redis) -> None:
    servers = [SigningKeys(store) for _ in range(8)]
    keys = await asyncio.gather(*(server.signing(NOW) for server in servers))
    assert len({key.id for key in keys}) == 1
    assert await redis.hlen(SIGNING_KEYS) == 2  # the key, and that it is the newest
    for server in servers:
        assert await server.find(keys[0].id) == keys[0].public


async def test_one_server_takes_what_another_gave(app: App, redis_url: str, clock: Clock) -> None:
    async with deployed(redis_url, clock, EXTENSION_REDIRECT_URIS=REDIRECT_URI) as other:
        there = App(other, app.cookie)
        tokens = granted(await there.exchange(await app.code()))
        assert await app.me(tokens["access_token"]) == 200
        clock.forward(days=31)
        tokens = granted(await app.refresh(tokens["refresh_token"]))
        assert await there.me(tokens["access_token"]) == 200
        await there.revoke(tokens["refresh_token"])
        assert await app.me(tokens["access_token"]) == 401


async def test_a_key_is_followed_by_another_and_known_for_as_long_as_its_tokens(
    app: App, clock: Clock
) -> None:
    tokens = await app.sign_in()
    first = _key_of(tokens["access_token"])
    clock.forward(seconds=SIGNING_SECONDS - 1)
    last = granted(await app.refresh(tokens["refresh_token"]))
    assert _key_of(last["access_token"]) == first
    clock.forward(seconds=1)
    following = granted(await app.refresh(last["refresh_token"]))
    assert _key_of(following["access_token"]) != first
    for token in (last["access_token"], following["access_token"]):
        assert await app.me(token) == 200


async def test_servers_that_follow_a_key_at_once_share_the_next(store: Store, redis: Redis) -> None:
    servers = [SigningKeys(store) for _ in range(8)]
    for months in range(4):
        keys = [server.signing(NOW + months * SIGNING_SECONDS) for server in servers]
        assert len({key.id for key in await asyncio.gather(*keys)}) == 1
        assert await redis.hlen(SIGNING_KEYS) == min(months, 1) + 2


async def test_an_old_key_is_forgotten_when_another_is_made(store: Store) -> None:
    keys = SigningKeys(store)
    first = await keys.signing(NOW)
    second = await keys.signing(NOW + KNOWN_SECONDS)
    assert await SigningKeys(store).find(first.id) is not None
    third = await keys.signing(NOW + 2 * KNOWN_SECONDS + 1)
    assert [await SigningKeys(store).find(key.id) for key in (first, second)] == [None, None]
    assert await SigningKeys(store).find(third.id) == third.public


async def test_a_key_that_cannot_be_opened_is_followed_at_once(store: Store, redis_url: str) -> None:
    sealed = await store.signing_keys.signing(NOW)
    async with a_store(redis_url) as other:
        other.sealer = Sealer({"new": bytes(32)})
        assert await other.signing_keys.find(sealed.id) is None
        key = await other.signing_keys.signing(NOW)
        assert key.id != sealed.id
    assert (await SigningKeys(store).signing(NOW + DAY)).id != key.id


async def test_a_lost_database_ends_what_was_signed(app: App, deployment: Deployment, redis: Redis) -> None:
    tokens = await app.sign_in()
    await redis.flushdb()
    assert await app.me(tokens["access_token"]) == 401
    refused(await app.refresh(tokens["refresh_token"]), "invalid_grant")


def _key_of(token: str) -> str:
    key_id: str = jwt.get_unverified_header(token)["kid"]
    return key_id
