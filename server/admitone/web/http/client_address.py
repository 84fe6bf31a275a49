"""The network address of a client, behind the proxies that the operator trusts, and its browser."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

from admitone.domain.people.seen import Seen, device_of
from admitone.web.http.appkeys import CONFIG

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.setting_values import Networks


def seen_by(request: web.Request) -> Seen:
    """Where a request comes from, for the list of sessions and apps that its user sees; never for the log."""
    return Seen(client_address(request), device_of(request.headers.get("User-Agent", "")))


def client_address(request: web.Request) -> str:
    """The client's IP address, for limits per address; never for the log.

    X-Forwarded-For is read from its right end as long as each hop is a trusted proxy. Entries to the left of
    an untrusted address were written by that address, and can be forged.
    """
    trusted = request.app[CONFIG].trusted_proxies
    hops = ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")
    client = request.remote or ""
    while hops and _is_trusted(client, trusted):
        hop = _address(hops.pop().strip())
        if hop is None:
            break
        client = str(hop)
    return client


def _is_trusted(text: str, trusted: Networks) -> bool:
    address = _address(text)
    return address is not None and any(address in network for network in trusted)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
