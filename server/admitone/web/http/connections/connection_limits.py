"""How many connections the server keeps: of each network, and in all.

A connection costs memory and one open file before it has said anything, so the limits stand before HTTP.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Literal

import structlog

from admitone.web.http.connections.client_address import is_trusted
from admitone.web.http.connections.network_limit import network_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from admitone.setting_values import Networks

log = structlog.get_logger()

Limit = Literal["per-address", "in-all", "head"]
LOGGED_EVERY = 60.0
"""Seconds between two lines of the log about the same limit: an attacker must not write the log."""


class ConnectionLimits:
    """The connections of one server; `each` and `in_all` are numbers of them, None for no limit.

    Each connection of a proxy in `trusted` carries many clients, so only `in_all` counts for it. `on_reached`
    is called each time that a limit is reached.
    """

    def __init__(
        self,
        each: int | None = None,
        in_all: int | None = None,
        trusted: Networks = (),
        on_reached: Callable[[Limit], None] = lambda _: None,
    ) -> None:
        self._each = each
        self._in_all = in_all
        self._trusted = trusted
        self._on_reached = on_reached
        self._open: Counter[str] = Counter()
        self._count = 0
        self._logged: dict[Limit, float] = {}

    def is_unlimited(self, address: str) -> bool:
        """Whether `address` may have any number of connections: a trusted proxy, or if there is no limit."""
        return self._each is None or is_trusted(address, self._trusted)

    def enter(self, address: str) -> bool:
        """Count a new connection from `address`; False if it must be closed, which does not count it."""
        network = network_of(address)
        if self._in_all is not None and self._count >= self._in_all:
            self.reached("in-all")
            return False
        if self._each is not None and self._open[network] >= self._each and not self.is_unlimited(address):
            self.reached("per-address")
            return False
        self._open[network] += 1
        self._count += 1
        return True

    def leave(self, address: str) -> None:
        """A connection that was counted has ended."""
        network = network_of(address)
        self._count -= 1
        self._open[network] -= 1
        if not self._open[network]:
            del self._open[network]

    def reached(self, limit: Limit) -> None:
        """Count that a limit ended or refused a connection, and write it to the log now and then."""
        self._on_reached(limit)
        now = time.monotonic()
        if now - self._logged.get(limit, -LOGGED_EVERY) >= LOGGED_EVERY:
            self._logged[limit] = now
            log.warning("connection-limit-reached", limit=limit)
