"""Who may call: nothing reaches a handler whose route does not admit the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Unauthenticated
from admitone.web.route import Access

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.web.route import Handler, Route


def guard(route: Route, handler: Handler) -> Handler:
    """The handler behind the route's access: open routes are open, the default is refusal."""
    if route.access is Access.OPEN:
        return handler

    async def refuse(_: web.Request) -> web.StreamResponse:
        raise Unauthenticated

    return refuse
