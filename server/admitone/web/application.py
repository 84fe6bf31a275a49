"""The web application: middlewares, the table of routes, and the resources of handlers."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

from aiohttp import HttpVersion11, web

from admitone.usecases.activity.listeners import PER_USER, Listeners
from admitone.web.http.appkeys import API_CALLS, CONFIG, LISTENERS, METRICS, OPENAPI, SERVICES
from admitone.web.http.guard import guard
from admitone.web.http.headers import header_setter
from admitone.web.http.html import set_up_pages
from admitone.web.http.metrics import Metrics
from admitone.web.http.middlewares import serve
from admitone.web.openapi.calls import read_calls
from admitone.web.openapi.document import describe
from admitone.web.routes import ROUTES, SMALL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from admitone.config import Config
    from admitone.web.http.route import Route
    from admitone.web.openapi.calls import Section

    Resource = Callable[[web.Application], AsyncIterator[None]]

ONE_WORD = re.compile("/[a-z0-9-]+")


def build(
    config: Config, resources: Iterable[Resource] = (), routes: Iterable[Route] = ROUTES
) -> web.Application:
    """The application that serves `routes`.

    Each of `resources` is a generator that opens a resource, stores it under an AppKey, yields, and closes
    it. They open in order when the application starts, and close in reverse order when it has stopped.
    """
    app = web.Application(
        middlewares=(serve,),
        client_max_size=SMALL.body,  # for forms; `read_json` uses its route's limit
    )
    app[CONFIG] = config
    app[METRICS] = Metrics()
    set_up_pages(app)
    routes = tuple(routes)
    app[OPENAPI] = _document(routes, config.public_url)
    calls: Callable[[], list[Section]] = partial(_calls, routes, config.public_url)
    app[API_CALLS] = calls
    app.cleanup_ctx.extend((*resources, listeners))
    app.on_shutdown.append(end_streams)
    app.on_response_prepare.append(header_setter(config.public_url))
    for resource in _resources(routes):
        app.router.register_resource(resource)
    return app


async def listeners(app: web.Application) -> AsyncIterator[None]:
    """The listeners to the activity, if there are services."""
    if SERVICES in app:
        app[LISTENERS] = Listeners(app[SERVICES].store, app[CONFIG].divided(PER_USER))
    yield


async def end_streams(app: web.Application) -> None:
    """End the answers that would not end by themselves, before the server waits for requests in flight."""
    if LISTENERS in app:
        await app[LISTENERS].close()


@lru_cache(maxsize=4)
def _resources(routes: tuple[Route, ...]) -> tuple[web.AbstractResource, ...]:
    """The addresses of a table of routes with their handlers: applications of one process share them."""
    router = web.UrlDispatcher()
    for route in routes:
        _add(router, route)
    _refuse_other_methods(router, routes)
    return tuple(router.resources())


@cache
def _description(routes: tuple[Route, ...]) -> dict[str, Any]:
    """The OpenAPI document of a table of routes, which is made once a process; its `servers` are replaced."""
    return describe(routes, "")


def _document(routes: tuple[Route, ...], public_url: str) -> dict[str, Any]:
    """The OpenAPI document of the server at `public_url`."""
    return _description(routes) | {"servers": [{"url": public_url}]}


@lru_cache(maxsize=4)
def _calls(routes: tuple[Route, ...], public_url: str) -> list[Section]:
    """The calls of that document as /api/docs shows them; made when they are first shown."""
    return read_calls(_document(routes, public_url), routes)


def _add(router: web.UrlDispatcher, route: Route) -> None:
    handler = guard(route, route.handler)
    if route.method == "GET":
        router.add_get(route.path, handler, expect_handler=_meet)  # aiohttp answers HEAD with it too
    else:
        router.add_route(route.method, route.path, handler, expect_handler=_meet)


async def _meet(request: web.Request) -> None:
    """Let the body come (`Expect: 100-continue`), and ignore other expectations (RFC 9110, 10.1.1).

    aiohttp would refuse them in plain text.
    """
    if request.version == HttpVersion11 and request.headers["Expect"].lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # nothing of the answer is sent yet: see middlewares.py


def _refuse_other_methods(router: web.UrlDispatcher, routes: Iterable[Route]) -> None:
    """Answer 405 to other methods at our own addresses of one word.

    Without this the request would fit the pattern of general links, which have one word as well.
    """
    methods: dict[str, set[str]] = {}
    for route in routes:
        if ONE_WORD.fullmatch(route.path):
            methods.setdefault(route.path, set()).update(
                {"GET", "HEAD"} if route.method == "GET" else {route.method}
            )
    for path, allowed in methods.items():

        async def refuse(request: web.Request, allowed: set[str] = allowed) -> web.StreamResponse:
            raise web.HTTPMethodNotAllowed(request.method, allowed)

        router.add_route("*", path, refuse, expect_handler=_meet)
