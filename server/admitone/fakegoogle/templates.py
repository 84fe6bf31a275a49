"""HTML pages from `templates/`, with autoescaping."""

from __future__ import annotations

import html
import re
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


def _safe_text(text: str) -> str:
    """The text of a widget without the simple markup that cards may have in it."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


_ENVIRONMENT.filters["safe_text"] = _safe_text
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
