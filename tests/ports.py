"""Ports for servers that must know theirs before they listen."""

from __future__ import annotations

import itertools
import os
import socket

FIRST, LAST = 20_000, 32_000
"""Below the range that systems take ports of outgoing connections from, one of which may come in between."""

_counted = itertools.count(os.getpid() * 37)


def free_port() -> int:
    """A port of this machine that nobody listens on, and that this process has not given out lately."""
    for number in _counted:
        port = FIRST + number % (LAST - FIRST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("counting does not end")
