"""The address of a cluster."""

from __future__ import annotations

import pytest
from redis.asyncio.connection import SSLConnection

from admitone.store.redis.cluster.address import cluster_address, is_cluster
from admitone.store.redis.cluster.slots import Place
from admitone.store.redis.unusable import RedisUnusableError


def test_hosts_have_a_port_or_the_usual_one() -> None:
    address = cluster_address("redis+cluster://ada:p%40ss@one:7000,two,[::1]:7002")
    assert list(address.seeds) == [Place("one", 7000), Place("two", 6379), Place("::1", 7002)]
    assert address.options == {"username": "ada", "password": "p@ss"}


async def test_tls_is_spoken_with_every_node() -> None:
    address = cluster_address("rediss+cluster://one:7000?ssl_ca_certs=/ca.pem&ssl_check_hostname=false")
    node = address.open(Place("other", 7009))
    try:
        pool = node.connection_pool
        assert pool.connection_class is SSLConnection
        assert pool.connection_kwargs["host"] == "other"
        assert pool.connection_kwargs["ssl_ca_certs"] == "/ca.pem"
        assert pool.connection_kwargs["ssl_check_hostname"] is False
    finally:
        await node.aclose()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("redis+cluster://one:7000/1", "no path"),
        ("redis+cluster://one:7000?db=1", "takes no options"),
        ("rediss+cluster://one:7000?db=1", "takes ssl_"),
        ("redis+cluster://one:port", "hosts"),
        ("redis+cluster://", "hosts"),
    ],
)
def test_what_is_wrong_is_said(url: str, said: str) -> None:
    assert is_cluster(url)
    with pytest.raises(RedisUnusableError, match=said):
        cluster_address(url)
