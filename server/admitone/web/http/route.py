"""What one row of the table in routes.py is made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import NamedTuple

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Access(Enum):
    """Who may call a route; web/http/guard.py enforces it."""

    OPEN = "open"
    CUSTOMER = "customer"  # the code or token in the path is the capability
    MEMBER = "member"
    ADMINISTRATOR = "administrator"


class Limit(NamedTuple):
    """What bounds one request: `body` is in bytes, counted after decompression."""

    body: int


class Route(NamedTuple):
    """One row. `path` is aiohttp's pattern, and what logs show in place of the real path.

    `compares` says that the script which the handler ends in compares all configuration that was used, the
    caller's included: what this process remembers of the caller then does, and saves a round trip.
    """

    method: str
    path: str
    handler: Handler
    access: Access
    limit: Limit
    compares: bool = False
