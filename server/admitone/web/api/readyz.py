"""GET /readyz: Redis answers and can write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.appkeys import READY
from admitone.web.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Answer 200 when a write to Redis succeeds now, else 503."""
    if await request.app[READY]():
        return respond_json({"status": "ready"})
    return respond_json({"status": "not-ready"}, status=503)
