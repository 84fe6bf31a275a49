"""The sockets that a server listens on."""

from __future__ import annotations

import errno
import socket
from contextlib import ExitStack, suppress
from ipaddress import IPv4Address, ip_address
from typing import TYPE_CHECKING

from admitone.setting_values import address_in_url
from admitone.web.http.connections.listen_error import ListenError

if TYPE_CHECKING:
    from collections.abc import Sequence

BACKLOG = 128  # connections that wait to be accepted
UNREAD_SECONDS = 30.0
"""For a client to read more of an answer: without an end, a closed connection would stay as well."""
_SHARED = hasattr(socket, "SO_REUSEPORT")


def open_sockets(host: str, port: int, count: int = 1) -> list[list[socket.socket]]:
    """`count` lists of listening sockets: in each, one for every address of `host`.

    With `port` 0 a free one is taken. The kernel spreads new connections over the lists (SO_REUSEPORT,
    socket(7)). The first list is bound without that option, because with it we would share the port with
    another server of this user without a word.

    Raises:
        ListenError: the port is in use, the address is not ours, or it cannot be shared; for people.
    """
    if count > 1 and not _SHARED:
        raise ListenError("This system cannot share a port among processes: set ADMITONE_PROCESSES to 1.")
    lists: list[list[socket.socket]] = []
    with ExitStack() as opened:
        try:
            first = [opened.enter_context(_bound(*place, is_shared=False)) for place in _places(host, port)]
            lists.append(first)
            for _ in range(count - 1):
                for each in first:
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                lists.append(
                    [
                        opened.enter_context(_bound(each.family, each.getsockname(), is_shared=True))
                        for each in first
                    ]
                )
            for several in lists:
                for one in several:
                    one.listen(BACKLOG)
        except OSError as error:
            raise ListenError(_sentence(error, host, port)) from error
        opened.pop_all()
    return lists


def address_of(sockets: Sequence[socket.socket]) -> str:
    """The address at which these sockets are reached, such as `http://127.0.0.1:8080`."""
    return f"http://{address_in_url(*sockets[0].getsockname()[:2])}"


def _places(host: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
    """The family and the address of each socket, each once; only a name is looked up."""
    with suppress(ValueError):
        is_v4 = isinstance(ip_address(host), IPv4Address)
        return [(socket.AF_INET if is_v4 else socket.AF_INET6, (host, port))]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((family, place) for family, _, _, _, place in found))


def _bound(family: int, place: tuple[object, ...], *, is_shared: bool) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if is_shared:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            # The kernel ends connections whose client does not read; only Linux can (RFC 5482, tcp(7)).
            # Accepted sockets inherit the option.
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(UNREAD_SECONDS * 1000))
        opened.bind(place)
    except BaseException:
        opened.close()
        raise
    return opened


def _sentence(error: OSError, host: str, port: int) -> str:
    where = address_in_url(host, port)
    if error.errno == errno.EADDRINUSE:
        return f"Another program listens on {where}. End it, or set ADMITONE_PORT to another port."
    return f"{where} cannot be listened on ({error.strerror}). Check ADMITONE_HOST and ADMITONE_PORT."
