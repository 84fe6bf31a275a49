"""Style sheets and scripts: `/static/VERSION/NAME`."""

from __future__ import annotations

from aiohttp import web

from admitone.domain.errors import NotFound
from admitone.web.http.appkeys import STATIC

FOREVER = "public, max-age=31536000, immutable"


async def show(request: web.Request) -> web.Response:
    """Serve a style sheet or a script.

    A page of another version of this server (an upgrade, or another process) gets the present file, and may
    not cache it.
    """
    static = request.app[STATIC]
    file = static.find(request.match_info["name"])
    if file is None:
        raise NotFound
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {
        "Content-Type": file.kind,
        "Cache-Control": FOREVER if request.match_info["version"] == static.version else "no-cache",
        "Vary": "Accept-Encoding",
    }
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=file.packed if is_packed else file.body, headers=headers)
