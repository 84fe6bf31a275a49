"""Logos and photos: `/media/ID`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from admitone.domain.picture import MEDIA_TYPE
from admitone.usecases.accounts.pictures import read_picture
from admitone.web.customer.static import FOREVER
from admitone.web.http.appkeys import SERVICES

if TYPE_CHECKING:
    from aiohttp.typedefs import LooseHeaders


async def show(request: web.Request) -> web.Response:
    """Serve a picture. An id names one content for good, so that the id is the ETag."""
    picture = request.match_info["picture"]
    data = await read_picture(request.app[SERVICES], picture)
    headers: LooseHeaders = {
        "ETag": f'"{picture}"',
        "Cache-Control": FOREVER,
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }
    known = request.if_none_match or ()
    if any(etag.value in {picture, "*"} for etag in known):
        return web.Response(status=304, headers=headers)
    return web.Response(body=data, headers=headers, content_type=MEDIA_TYPE)
