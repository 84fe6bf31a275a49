"""The network address of a client, behind the proxies that the operator trusts, and its browser."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

from admitone.domain.people.seen import Seen, device_of
from admitone.web.http.appkeys import CONFIG

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.setting_values import Networks


FORWARDING = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Proto",
    "X-Real-IP",
)
"""Headers that only proxies set: a request with one of them was passed on by its peer."""


def seen_by(request: web.Request) -> Seen:
    """Where a request comes from, for the list of sessions and apps that its user sees; never for the log."""
    return Seen(client_address(request), device_of(request.headers.get("User-Agent", "")))


def client_address(request: web.Request) -> str:
    """The client's IP address, for limits per address; never for the log.

    X-Forwarded-For is read from its right end as long as each hop is a trusted proxy. Entries to the left of
    an untrusted address were written by that address, and can be forged.
    """
    if "X-Forwarded-For" not in request.headers:
        return request.remote or ""
    return _read(request)[0]


def known_address(request: web.Request) -> str | None:
    """The client's IP address as `client_address`, or None if that is the address of a proxy.

    It is a proxy's if a peer that is not trusted passes on a request, or if a trusted one does not tell for
    whom. Access that depends on the address is refused then: everybody would have the proxy's.
    """
    address, is_known = _read(request)
    return address if is_known else None


def is_trusted(text: str, trusted: Networks) -> bool:
    """Whether an IP address is in one of the trusted networks."""
    address = _address(text)
    return address is not None and any(address in network for network in trusted)


def _read(request: web.Request) -> tuple[str, bool]:
    trusted = request.app[CONFIG].trusted_proxies
    lines = request.headers.getall("X-Forwarded-For", ())
    hops = ",".join(lines).split(",") if lines else []
    client = request.remote or ""
    is_known = not any(name in request.headers for name in FORWARDING)
    while hops and is_trusted(client, trusted):
        hop = _address(hops.pop().strip())
        is_known = hop is not None
        if hop is None:
            break
        client = str(hop)
    return client, is_known


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
