"""A receiver of webhooks: it notes each request, and answers as a test asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from admitone.web.http.connections.listen import listening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable


class Received(msgspec.Struct, frozen=True):
    """One request."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """The message's."""
        return self.headers["webhook-id"]

    @property
    def message(self) -> Any:
        """What the body says."""
        return json.loads(self.body)


class Receiver:
    """The requests that came, oldest first; `answers` are the next statuses, then it answers 200."""

    def __init__(self) -> None:
        self.url = ""
        self.received: list[Received] = []
        self.answers: list[int] = []
        self.headers: dict[str, str] = {}
        self.before_answer: Callable[[], Awaitable[None]] | None = None

    async def handle(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append(Received(headers, await request.read()))
        if self.before_answer:
            await self.before_answer()
        status = self.answers.pop(0) if self.answers else 200
        return web.Response(status=status, headers=self.headers, text="x" * 100_000)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver on this machine."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", receiver.handle)
    async with listening(app, "127.0.0.1", 0) as url:
        receiver.url = f"{url}/hook"
        yield receiver
