"""The network address of a client, behind the proxies that the operator trusts."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

from admitone.web.http.appkeys import CONFIG

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.setting_values import Networks


def client_address(request: web.Request) -> str:
    """The client's IP address, for limits per address; never for the log.

    X-Forwarded-For is read from its right end as long as each hop is a trusted proxy. Entries to the left of
    an untrusted address were written by that address, and can be forged.
    """
    trusted = request.app[CONFIG].trusted_proxies
    hops = ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")
    client = request.remote or ""
    while hops and is_trusted(client, trusted):
        hop = _address(hops.pop().strip())
        if hop is None:
            break
        client = str(hop)
    return client


def is_trusted(text: str, trusted: Networks) -> bool:
    """Whether `text` is the address of a trusted proxy."""
    address = _address(text)
    return address is not None and any(address in network for network in trusted)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
