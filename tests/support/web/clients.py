"""Real HTTP to the web application, with rows of a test's own or those of the product."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp.test_utils import TestClient, TestServer

from admitone.config import Config
from admitone.web.application import build
from admitone.web.http.route import Access, Limit, Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from admitone.web.http.route import Handler

    Client = TestClient[web.Request, web.Application]


def open_route(method: str, path: str, handler: Handler, *, body: int = 1000) -> Route:
    """A row that anybody may call, with bodies of up to `body` bytes."""
    return Route(method, path, handler, Access.OPEN, Limit(body=body))


@asynccontextmanager
async def client_of(*routes: Route, **settings: str) -> AsyncIterator[Client]:
    """A client of an application with these rows; settings without their prefix."""
    config = Config({f"ADMITONE_{name}": text for name, text in settings.items()})
    async with TestClient(TestServer(build(config, routes=routes))) as client:
        yield client
