"""Ports for servers that must know theirs before they listen."""

from __future__ import annotations

import fcntl
import itertools
import os
import socket
import tempfile
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, LAST = 20_000, 32_000
"""Below the range that systems take ports of outgoing connections from, one of which may come in between."""
SHARE = 400
"""Ports of one process: between the look whether a port is free and its use, no other test may take it."""


def free_port() -> int:
    """A port of this machine that nobody listens on, and that this process has not given out lately."""
    for port in _mine():
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("counting does not end")


@cache
def _mine() -> Iterator[int]:
    """The ports of this process, again and again."""
    for first in range(FIRST, LAST, SHARE):
        claim = _claim(Path(tempfile.gettempdir()) / f"admitone-tests-{os.geteuid()}-{first}.lock")
        if claim is not None:
            _claims.append(claim)
            return itertools.cycle(range(first, first + SHARE))
    raise RuntimeError("Too many runs of the tests at once: all ports are shared out")


_claims: list[IO[bytes]] = []
"""Kept open: the lock ends with the process."""


def _claim(path: Path) -> IO[bytes] | None:
    claim = path.open("ab")
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        claim.close()
        return None
    return claim
