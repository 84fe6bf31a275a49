"""Style sheets and scripts: `/static/VERSION/NAME`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.web.http.appkeys import STATIC
from admitone.web.http.kept_answer import respond_file

if TYPE_CHECKING:
    from aiohttp import web

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
    is_ours = request.match_info["version"] == static.version
    return respond_file(request, file, {"Cache-Control": FOREVER if is_ours else "no-cache"})
