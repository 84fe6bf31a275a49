"""GET /healthz: the process lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.body import respond_json

if TYPE_CHECKING:
    from aiohttp import web


async def handle(_: web.Request) -> web.Response:
    """Answer 200, whatever the state of Redis: a restart would not help there."""
    return respond_json({"status": "ok"})
