"""Tests open no connection to another machine."""

from __future__ import annotations

import ipaddress
import sys

AUDITED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})


class NetworkRefusedError(Exception):
    """A test reached for another machine. No OSError, so that no retry of ours can hide it."""


def refuse_other_machines() -> None:
    """From now on, in this process, every socket to another machine and every look-up of its name fails."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in AUDITED:
        return
    target = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    host = target[0] if isinstance(target, tuple) else target if event == "socket.getaddrinfo" else None
    if host is not None and not _is_here(host.decode() if isinstance(host, bytes) else str(host)):
        raise NetworkRefusedError(
            f"{event} to {target!r}: tests use loopback addresses and unix sockets only"
        )


def _is_here(host: str) -> bool:
    if host in {"", "localhost"} or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
