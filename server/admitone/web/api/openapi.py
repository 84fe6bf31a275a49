"""The description of the API: `/api/openapi.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.http.appkeys import OPENAPI
from admitone.web.http.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def get(request: web.Request) -> web.Response:
    """Describe the API."""
    return respond_json(request.app[OPENAPI], headers={"Cache-Control": "public, max-age=300"})
