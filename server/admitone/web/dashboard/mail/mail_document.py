"""A mail shown in a browser: whatever is in it, it runs nothing, loads nothing, and is nobody's origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.http.html import respond_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from admitone.domain.errors import FieldError

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""Mails bring their styles with them. Links open elsewhere; the page's address goes with none of them."""


def show_mail(
    request: web.Request,
    *,
    subject: str = "",
    text: str = "",
    html: str = "",
    to: str = "",
    problems: Sequence[FieldError] = (),
) -> web.Response:
    """The mail, its HTML in a frame of its own; or what is wrong with a template."""
    context = {"subject": subject, "text": text, "html": html, "to": to, "problems": problems}
    response = respond_page(request, "mail_document.html", context, status=422 if problems else 200)
    response.headers["Content-Security-Policy"] = POLICY
    return response
