"""Whether the process runs, and whether it can serve: `/healthz` and `/readyz`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.http.appkeys import READY
from admitone.web.http.body import respond_json
from admitone.web.http.doctor_visit import arrival

if TYPE_CHECKING:
    from aiohttp import web


async def healthz(request: web.Request) -> web.Response:
    """Answer 200, whatever the state of Redis: restarting this process would not help Redis."""
    arrived = arrival(request)
    return respond_json({"status": "ok"} | ({"arrival": arrived} if arrived else {}))


async def readyz(request: web.Request) -> web.Response:
    """Answer 200 if a write to Redis is acknowledged now, else 503 with the reason; within two seconds.

    A Redis that is nearly full, or whose workers pause after a restore, is ready, with a warning.
    """
    ready = request.app[READY]
    if reason := await ready.why_not():
        return respond_json({"status": "not-ready", "reason": reason}, status=503)
    warnings = {"storage-nearly-full": ready.is_nearly_full, "workers-pause": ready.is_paused}
    given = next((name for name, holds in warnings.items() if holds), None)
    return respond_json({"status": "ready"} | ({"warning": given} if given else {}))
