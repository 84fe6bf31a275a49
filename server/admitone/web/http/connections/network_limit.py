"""Limits for each network address: how often codes, tokens and keys may be guessed.

Only misses are counted and refused: a right code works, whoever else shares the network, and costs nothing
more. Bookings by general links are counted in their own script, by the hash that `limited_address` returns.
"""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from admitone.domain.errors import TooManyRequests
from admitone.store.records import misses
from admitone.web.http.appkeys import CONFIG, SERVICES
from admitone.web.http.connections.client_address import client_address

if TYPE_CHECKING:
    from aiohttp import web

MISSES = 30
"""Misses of one network in one period; further misses are answered with 429."""
IPV6_PREFIX = 64  # one customer of a provider has all addresses of such a network


async def count_miss(request: web.Request, *, is_durable: bool = False) -> None:
    """Count a code, token or key that does not exist; raises TooManyRequests after too many of them.

    With `is_durable` it takes the time of a write that replicas confirm.
    """
    if not request.app[CONFIG].rate_limits:
        return
    services = request.app[SERVICES]
    now = services.now()
    source = _digest(request)
    if await misses.count_miss(services.store, source, now, is_durable=is_durable) > MISSES:
        raise TooManyRequests(misses.PERIOD - now % misses.PERIOD)


def limited_address(request: web.Request) -> str | None:
    """The hash of the network that a request comes from, or None if rate limits are off."""
    return _digest(request) if request.app[CONFIG].rate_limits else None


def _digest(request: web.Request) -> str:
    return request.app[SERVICES].store.sealer.digest("network", network_of(client_address(request)))


def network_of(address: str) -> str:
    """The addresses that are counted together: an IPv4 address, or an IPv6 network."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    found = getattr(found, "ipv4_mapped", None) or found
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, IPV6_PREFIX), strict=False))
    return str(found)
