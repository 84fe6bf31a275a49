"""GET /api/openapi.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.appkeys import OPENAPI
from admitone.web.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Describe the API."""
    return respond_json(request.app[OPENAPI], headers={"Cache-Control": "public, max-age=300"})
