"""The address of a cluster in ADMITONE_REDIS_URL, and clients for its nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import SSLConnection

from admitone.store.redis.cluster.slots import Place
from admitone.store.redis.connect import CONNECT_WITHIN, OPTIONS, connection_settings, refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCHEMES = {"redis+cluster": "redis", "rediss+cluster": "rediss"}
"""The scheme of each node. Its options after the `?` are allowed, but no database: a cluster has one."""
CONNECTIONS = 16
"""To one node at most: two lines and one for each worker; more for a moment while lines are closed."""


@dataclass(frozen=True)
class ClusterAddress:
    """Some nodes of a cluster, and how each node is connected to."""

    seeds: Sequence[Place]
    options: Mapping[str, Any]

    def open(self, place: Place) -> Redis:
        """A client for one node; close it with `aclose`."""
        return Redis.from_pool(
            BlockingConnectionPool(
                host=place.host,
                port=place.port,
                max_connections=CONNECTIONS,
                timeout=CONNECT_WITHIN,
                **self.options,
                **connection_settings(),
            )
        )


def is_cluster(url: str) -> bool:
    """Whether the address names a cluster."""
    return url.partition("://")[0] in SCHEMES


def node_options(scheme: str) -> set[str]:
    """The options after the `?` that a scheme of clusters takes."""
    return OPTIONS[SCHEMES[scheme]] - {"db"}


def cluster_address(url: str) -> ClusterAddress:
    """Parse `redis+cluster://[user:password@]host[:port],…` or `rediss+cluster://…`, without a path.

    Raises RedisUnusableError.
    """
    parts = urlsplit(url)
    scheme = SCHEMES[parts.scheme]
    credentials, _, hosts = parts.netloc.rpartition("@")
    username, _, password = credentials.partition(":")
    if parts.path.strip("/"):
        raise refused("a cluster has one database: write no path after its hosts")
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    allowed = node_options(parts.scheme)
    if not given.keys() <= allowed:
        raise refused(
            f"after the `?`, {parts.scheme}:// takes {', '.join(sorted(allowed))} only"
            if allowed
            else f"{parts.scheme}:// takes no options after a `?`"
        )
    options: dict[str, Any] = {"username": unquote(username) or None, "password": unquote(password) or None}
    if scheme == "rediss":
        options |= {"connection_class": SSLConnection} | given
        if "ssl_check_hostname" in given:
            options["ssl_check_hostname"] = given["ssl_check_hostname"].lower() in {"1", "true", "yes"}
    return ClusterAddress([_seed(host) for host in hosts.split(",")], options)


def _seed(host: str) -> Place:
    try:
        parts = urlsplit(f"//{host}")
        port = parts.port
    except ValueError:
        raise refused("between its commas it must have hosts, each with a port if it is not 6379") from None
    if not parts.hostname:
        raise refused("between its commas it must have hosts")
    return Place(parts.hostname, port or 6379)
