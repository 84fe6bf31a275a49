"""Neither Redis nor the log holds a token, or what one could be made of."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import msgspec
import pytest
import structlog

from admitone import logs
from admitone.config import LogFormat
from admitone.domain.people.grant import code_address, refresh_address
from admitone.store.keys import SIGNING_KEYS
from tests.support.factories import NOW
from tests.support.oauth.app import VERIFIER, App, granted, refused
from tests.support.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis.asyncio import Redis

    from tests.support.api.deployment import Deployment
    from tests.support.redis_server import RedisServer


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the server logs, as JSON."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(LogFormat.JSON, stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


async def test_what_redis_writes_down_opens_nothing(
    app: App, redis_server: RedisServer, deployment: Deployment
) -> None:
    unused, code = await app.code(), await app.code()
    first = granted(await app.exchange(code))
    second = granted(await app.refresh(first["refresh_token"]))
    files = [file for file in redis_server.folder.rglob("*") if file.is_file()]
    everything = b"".join(file.read_bytes() for file in files)
    for token in (code, unused, first["refresh_token"], second["refresh_token"]):
        # A refresh token names its grant, which is no secret; what follows is.
        secret = token[:4] + token[-30:]
        assert [text for text in spellings(secret) if text in everything] == []
    for token in (first["access_token"], second["access_token"], VERIFIER):
        assert token.encode() not in everything
    for address in (code_address(unused), refresh_address(second["refresh_token"])):
        assert address.encode() in everything
    key = (await deployment.store.signing_keys.signing(NOW)).private.private_bytes_raw()
    assert [text for text in (key, key.hex().encode()) if text in everything] == []


async def test_what_the_dump_holds_is_taken_nowhere(app: App, redis: Redis, deployment: Deployment) -> None:
    tokens = granted(await app.refresh((await app.sign_in())["refresh_token"]))
    [grant_key] = [key async for key in redis.scan_iter("*:grant:*") if not key.endswith(b":successor")]
    grant_id = grant_key.decode().rpartition(":")[2]
    grant, sealed = await redis.get(grant_key), await redis.get(grant_key + b":successor")
    assert isinstance(grant, bytes)
    assert isinstance(sealed, bytes)
    current = msgspec.json.decode(grant)["current"]
    for text in (grant_id, f"0ABC{current}", sealed.decode()):
        assert await app.me(text) == 401
        refused(await app.exchange(text), "invalid_grant")
    assert await app.me(tokens["access_token"]) == 200


async def test_the_copy_of_a_successor_is_gone_after_a_minute(app: App, redis: Redis) -> None:
    tokens = await app.sign_in()
    assert [key async for key in redis.scan_iter("*:successor")] == []
    await app.refresh(tokens["refresh_token"])
    [key] = [key async for key in redis.scan_iter("*:successor")]
    assert 0 < await redis.ttl(key) <= 60
    [grant] = [key async for key in redis.scan_iter("*:grant:*") if not key.endswith(b":successor")]
    assert 89 * 86_400 < await redis.ttl(grant) <= 90 * 86_400
    assert await redis.ttl(SIGNING_KEYS) == -1


async def test_the_log_holds_no_token(app: App, log: io.StringIO) -> None:
    code = await app.code()
    first = granted(await app.exchange(code))
    second = granted(await app.refresh(first["refresh_token"]))
    await app.me(second["access_token"])
    await app.exchange(code)
    await app.refresh(second["refresh_token"])
    await app.revoke(second["access_token"])
    await App(app.deployment).authorize()
    logged = log.getvalue()
    assert logged.count("/oauth/token") == 4
    tokens = [one[name] for one in (first, second) for name in ("access_token", "refresh_token")]
    for secret in (code, VERIFIER, app.cookie, *tokens):
        assert secret
        assert secret not in logged
