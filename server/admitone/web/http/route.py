"""The parts of a row of the table in routes.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from admitone.web.http.scope import scope_of

if TYPE_CHECKING:
    from admitone.domain.people.scopes import Scope
    from admitone.web.http.scope import Special

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Access(Enum):
    """Who may call a route; web/http/guard.py enforces it."""

    OPEN = "open"
    CUSTOMER = "customer"  # the code or token in the path gives access
    MEMBER = "member"
    ADMINISTRATOR = "administrator"


class Limit(NamedTuple):
    """The limits of one request: bytes of its body, decompressed, and whether its form may have a file."""

    body: int
    takes_file: bool = False


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

    @property
    def scope(self) -> Scope | Special | None:
        """What a credential needs for this route; None if the route needs no sign-in."""
        needs_sign_in = self.access in {Access.MEMBER, Access.ADMINISTRATOR}
        return scope_of(self.method, self.path) if needs_sign_in else None
