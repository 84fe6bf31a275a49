"""The description of the API: `/api/openapi.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.web.http.appkeys import OPENAPI
from admitone.web.http.kept_answer import respond_kept

if TYPE_CHECKING:
    from aiohttp import web


async def get(request: web.Request) -> web.Response:
    """Describe the API."""
    headers = {"Cache-Control": "public, max-age=300"}
    return respond_kept(
        request, "application/json", lambda: msgspec.json.encode(request.app[OPENAPI]), headers
    )
