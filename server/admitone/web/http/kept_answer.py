"""Answers that are kept in memory, as they are and compressed.

Whoever asks for a large page that is the same for everybody must not make the server compute it each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from admitone.web.http.appkeys import KEPT, ROUTE
from admitone.web.http.static_files import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.web.http.static_files import StaticFile


def respond_file(request: web.Request, file: StaticFile, headers: Mapping[str, str]) -> web.Response:
    """The file, compressed if the caller accepts that."""
    known = {"Content-Type": file.kind, "Vary": "Accept-Encoding", **headers}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return web.Response(body=file.packed, headers=known | {"Content-Encoding": "gzip"})
    return web.Response(body=file.body, headers=known)


def respond_kept(
    request: web.Request,
    kind: str,
    make: Callable[[], bytes],
    headers: Mapping[str, str] | None = None,
    *,
    name: str | None = None,
) -> web.Response:
    """The document that `make` returns for the first request to this route; `kind` is its media type.

    A route with several documents names them; there must be few names.
    """
    kept, known = request.app[KEPT], name or request[ROUTE].path
    if known not in kept:
        kept[known] = pack(make(), kind)
    return respond_file(request, kept[known], headers or {})
