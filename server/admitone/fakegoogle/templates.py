"""HTML pages from `templates/`, with autoescaping."""

from __future__ import annotations

from typing import Any

import jinja2
from aiohttp import web

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("admitone.fakegoogle"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self';"
    " frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # with no-referrer, our own forms would be sent with `Origin: null`
    "X-Content-Type-Options": "nosniff",
}


def page(name: str, *, status: int = 200, **values: Any) -> web.Response:
    """The response with the page of the template `name`."""
    text = _ENVIRONMENT.get_template(name).render(**values)
    return web.Response(text=text, status=status, content_type="text/html", headers=_HEADERS)
