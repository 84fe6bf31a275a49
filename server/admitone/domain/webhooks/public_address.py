"""Which network addresses are public: addresses that users give us must not lead into private networks."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""IPv6 addresses that lead to the IPv4 address in their last 32 bits: NAT64 (RFC 6052), and the old
IPv4-compatible addresses (RFC 4291, 2.5.5.1)."""
_LOCAL_TRANSLATION = IPv6Network("64:ff9b:1::/48")
_IPV4_BITS = 0xFFFF_FFFF


def is_public(text: str) -> bool:
    """Whether an address is public; an IPv6 address that wraps an IPv4 address is judged by that.

    Not public are private, loopback, link-local (among them metadata services), shared (RFC 6598), multicast
    and reserved addresses, and texts that are not addresses.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address in _LOCAL_TRANSLATION or address.is_site_local:
            return False
        address = _wrapped(address) or address
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_loopback(text: str) -> bool:
    """Whether an address is loopback, also if it is an IPv6 address that wraps an IPv4 address."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return IPv4Address(0)  # a tunnel to an unknown address, which may be private
    if any(address in network for network in _TRANSLATED) and int(address) > 1:
        return IPv4Address(int(address) & _IPV4_BITS)
    return None
