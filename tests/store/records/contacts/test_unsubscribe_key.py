"""The key of unsubscribe links is one for the deployment, and whoever cannot open it mails nobody."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone.domain.mail.unsubscribe_token import make_token, read_token
from admitone.sealing import UnsealError
from admitone.store.keys import UNSUBSCRIBE_KEY
from admitone.store.records.contacts.unsubscribed import is_unsubscribed, unsubscribe, unsubscribed_at
from tests.support.factories import NOW, SEALER, WORKSPACE
from tests.support.store.sealed_workspace import NEW, a_store_by

if TYPE_CHECKING:
    from redis.asyncio import Redis

EMAIL = "carla@customer.test"


async def test_processes_that_need_the_first_key_at_once_get_the_same(redis: Redis, redis_url: str) -> None:
    async with a_store_by(SEALER, redis_url) as one, a_store_by(SEALER, redis_url) as other:
        assert await one.unsubscribe_key.find() is None
        made = await asyncio.gather(*(store.unsubscribe_key.make() for store in (one, other, one, other)))
        assert len(set(made)) == 1
        assert await redis.ttl(UNSUBSCRIBE_KEY) == -1
        await redis.delete(UNSUBSCRIBE_KEY)  # as a failover that lost it
        one.unsubscribe_key.forget()
        assert await one.unsubscribe_key.make() != made[0]


async def test_nobody_is_unsubscribed_before_the_first_link(redis: Redis, redis_url: str) -> None:
    async with a_store_by(SEALER, redis_url) as store:
        assert not await is_unsubscribed(store, WORKSPACE, EMAIL)
        assert await redis.get(UNSUBSCRIBE_KEY) is None
        key = await store.unsubscribe_key.make()
        named = read_token(key, make_token(key, WORKSPACE, "0" * 16, EMAIL))
        assert named
        await unsubscribe(store, named, None, NOW)
        assert await unsubscribed_at(store, WORKSPACE, [EMAIL, "otto@customer.test"]) == [NOW, None]
        assert await unsubscribed_at(store, WORKSPACE, []) == []


@pytest.mark.usefixtures("redis")
async def test_a_key_that_cannot_be_opened_is_an_error(redis_url: str) -> None:
    """To ignore it would mail people who said no."""
    async with a_store_by(SEALER, redis_url) as store:
        await store.unsubscribe_key.make()
        store.sealer = NEW
        store.unsubscribe_key.forget()
        with pytest.raises(UnsealError):
            await is_unsubscribed(store, WORKSPACE, EMAIL)
