"""A connection to the Redis that ADMITONE_REDIS_URL names, or to the embedded one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import MasterNotFoundError, Sentinel, SentinelConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from admitone.store.redis.unusable import RedisUnusableError
from admitone.store.schema import SCHEMA

if TYPE_CHECKING:
    from urllib.parse import SplitResult

ANSWER_WITHIN: Final = 5.0
"""Seconds without an answer after which the connection counts as lost; a blocking read must be shorter."""
CONNECT_WITHIN: Final = 3.0
"""Seconds to open a connection, and to wait for a free one of the pool."""
SENTINEL_WITHIN: Final = 1.0
"""Seconds to connect to a Sentinel, and to wait for its answer."""
CLIENT_NAME: Final = "admitone"
"""The name of our connections in CLIENT LIST; the schema number follows, for migrations to see older ones."""
IDLE_BEFORE_PING: Final = 15
"""Seconds of idleness after which a connection is checked with PING before it is used."""

OPTIONS = {
    "unix": {"db", "username", "password"},
    "redis": {"db"},
    "rediss": {"db", "ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_cert_reqs", "ssl_check_hostname"},
    "redis+sentinel": {"sentinel_username", "sentinel_password"},
}
"""The options allowed after `?` in each kind of address; redis-py would accept any, its retries included."""


RedisClient = Redis
"""The type of a client, for those who only pass it on."""


def open_redis(url: str, *, connections: int = 64) -> Redis:
    """A client for `url` whose answers are bytes; callers wait for one of at most `connections` connections.

    `unix:///path`, `redis://` and `rediss://[user:password@]host[:port][/db]`, and
    `redis+sentinel://[user:password@]host[:port],…/service[/db]`. The client connects when it is first used;
    close it with `aclose`. redis-py's own retries are off: the store itself sends again, because only the
    store knows that its operations may be repeated. Raises `RedisUnusableError` for an invalid address.
    """
    try:
        parts = urlsplit(url)
        _check_options(parts)
        if parts.scheme == "redis+sentinel":
            return Redis.from_pool(_sentinel_pool(parts, connections))
        if parts.scheme != "unix":
            _database(parts.path.removeprefix("/"))  # redis-py would read a text that is not a number as 0
            if not parts.hostname:
                raise refused("it names no host")
        elif not parts.path:
            raise refused("it names no socket")
        return Redis.from_pool(
            BlockingConnectionPool.from_url(
                url, max_connections=connections, timeout=CONNECT_WITHIN, **connection_settings()
            )
        )
    except ValueError:
        raise refused(
            "it is malformed; in a password, %-encode every character but letters and digits"
        ) from None


def _check_options(parts: SplitResult) -> None:
    if parts.scheme in {"redis+cluster", "rediss+cluster"}:
        raise refused("this command works on one Redis, and not on a cluster")
    if parts.scheme not in OPTIONS:
        schemes = ", ".join(f"{scheme}://" for scheme in OPTIONS)
        raise refused(f"it must start with one of {schemes}")
    allowed = OPTIONS[parts.scheme]
    if not {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)} <= allowed:
        raise refused(f"after the `?`, {parts.scheme}:// takes {', '.join(sorted(allowed))} only")


def _sentinel_pool(parts: SplitResult, connections: int) -> _SentinelPool:
    credentials, _, hosts = parts.netloc.rpartition("@")
    username, _, password = credentials.partition(":")
    service, _, database = unquote(parts.path.removeprefix("/")).partition("/")
    if not service:
        raise refused("redis+sentinel:// needs the service's name: redis+sentinel://host:26379/service")
    options = dict(parse_qsl(parts.query))
    sentinel = _Sentinels(  # type: ignore[no-untyped-call]
        [_sentinel_address(host) for host in hosts.split(",")],
        sentinel_kwargs={
            "username": options.get("sentinel_username"),
            "password": options.get("sentinel_password"),
            **connection_settings(),
            "socket_timeout": SENTINEL_WITHIN,
            "socket_connect_timeout": SENTINEL_WITHIN,
        },
    )
    return _SentinelPool(  # type: ignore[no-untyped-call]
        service,
        sentinel,
        username=unquote(username) or None,
        password=unquote(password) or None,
        db=_database(database),
        max_connections=connections,
        timeout=CONNECT_WITHIN,
        **connection_settings(),
    )


class _Sentinels(Sentinel):
    """The Sentinels of one deployment, all of which are asked at once.

    redis-py takes the first answer. But a Sentinel that is cut off from the others still names the primary
    before the failover, and one that hangs delays the answer. `config-epoch` rises with each failover, so the
    answer with the highest one is the newest.
    """

    async def discover_master(self, service_name: str) -> tuple[str, int]:
        """Host and port of the primary; raises MasterNotFoundError, a ConnectionError."""
        answers = await asyncio.gather(*(_state(one, service_name) for one in self.sentinels))
        known = [state for state in answers if state and self.check_master_state(state, service_name)]
        if not known:
            raise MasterNotFoundError(f"no Sentinel knows a primary for {service_name!r}")
        newest = max(known, key=lambda state: state["config-epoch"])
        return newest["ip"], newest["port"]


async def _state(sentinel: Redis, service: str) -> dict[str, Any] | None:
    """What this Sentinel says of the service's primary; None if it does not answer or know the service."""
    try:
        states = cast("dict[str, dict[str, Any]]", await sentinel.sentinel_masters())
    except (RedisConnectionError, RedisTimeoutError):
        return None
    return states.get(service)


class _SentinelPool(SentinelConnectionPool, BlockingConnectionPool):
    """Connections to the server that Sentinel names as the current primary."""

    async def aclose(self) -> None:
        await super().aclose()
        await self.sentinel_manager.aclose()


def _sentinel_address(host: str) -> tuple[str, int]:
    parts = urlsplit(f"//{host}")
    if not parts.hostname:
        raise refused("between its commas it must have hosts")
    return parts.hostname, parts.port or 26379


def _database(text: str) -> int:
    if text and not text.isdecimal():
        raise refused("what follows the last `/` must be the number of a database")
    return int(text or 0)


def connection_settings() -> dict[str, Any]:
    """The settings that all of our connections share."""
    return {
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": ANSWER_WITHIN,
        "socket_connect_timeout": CONNECT_WITHIN,
        "health_check_interval": IDLE_BEFORE_PING,
        "decode_responses": False,
        "protocol": 2,  # every version gives the same answers, and no HELLO is sent first
        "client_name": f"{CLIENT_NAME}-{SCHEMA}",
        "driver_info": None,  # redis-py would read its version from a file for each connection
    }


def refused(reason: str) -> RedisUnusableError:
    """The error for an address. It quotes no part of it, which may be a piece of an unencoded password."""
    return RedisUnusableError(f"ADMITONE_REDIS_URL cannot be used: {reason}.")
