"""The parts of a row of the table in routes.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import NamedTuple

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Access(Enum):
    """Who may call a route; web/http/guard.py enforces it."""

    OPEN = "open"
    CUSTOMER = "customer"  # the code or token in the path gives access
    MEMBER = "member"
    ADMINISTRATOR = "administrator"


class Limit(NamedTuple):
    """The limits of one request: `body` is in bytes, after decompression."""

    body: int


class Route(NamedTuple):
    """One row. `path` is a pattern of aiohttp; logs show the pattern, not the real path.

    `compares` says that the handler's script compares the versions of all configuration that was used, the
    caller's included. Then the caller may be taken from this process's memory, which saves a round trip.
    """

    method: str
    path: str
    handler: Handler
    access: Access
    limit: Limit
    compares: bool = False
