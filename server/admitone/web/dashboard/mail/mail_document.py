"""A mail shown in a browser. It runs no script, loads nothing, and has an opaque origin (sandboxed)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.http.html import respond_page
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from admitone.domain.errors import FieldError

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""Mails have inline styles. Links open in a new tab."""


def show_mail(
    request: web.Request,
    *,
    subject: str = "",
    text: str = "",
    html: str = "",
    to: str = "",
    problems: Sequence[FieldError] = (),
) -> web.Response:
    """The mail, with its HTML in a frame; 422 with the `problems` of a template."""
    context = {"subject": subject, "text": text, "html": html, "to": to, "problems": problems}
    reader, status = reader_of(request, part="dashboard"), 422 if problems else 200
    response = respond_page(request, "mail_document.html", context, status=status, reader=reader)
    response.headers["Content-Security-Policy"] = POLICY
    return response
