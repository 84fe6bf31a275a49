"""The headers of every answer: security, CORS, the request's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from multidict import CIMultiDict

from admitone.web.http.appkeys import REQUEST_ID

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}
_FRAMES = f"{SECURITY['Content-Security-Policy']}; frame-src 'self'"
_HSTS = "max-age=31536000"  # without subdomains: they may belong to other services

_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Location, Retry-After"}
_CORS_PREFIX = "/api/v1/"
_CORS_PATHS = {"/oauth/token", "/oauth/revoke", "/.well-known/oauth-authorization-server"}
METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
"""Every method that some address supports."""
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": "7200",
}


def allows_any_origin(path: str) -> bool:
    """Whether a script of any site may call this path. Such calls carry no cookies, so they are harmless."""
    return path.startswith(_CORS_PREFIX) or path in _CORS_PATHS


def with_frames(response: web.Response) -> web.Response:
    """The answer, allowed to show other pages of ours in a frame."""
    response.headers["Content-Security-Policy"] = _FRAMES
    return response


def with_forms_to(response: web.Response, origin: str) -> web.Response:
    """The answer, whose forms may lead to `origin` too: browsers apply `form-action` to redirects as well."""
    policy = SECURITY["Content-Security-Policy"].replace("form-action 'self'", f"form-action 'self' {origin}")
    response.headers["Content-Security-Policy"] = policy
    return response


def header_setter(public_url: str) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """What completes an answer of the server at `public_url` just before it is sent.

    Headers that its handler has set stay.
    """
    always = CIMultiDict(SECURITY)
    if public_url.startswith("https:"):
        always["Strict-Transport-Security"] = _HSTS
    to_any_origin = CIMultiDict({**always, **_CORS})

    async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
        headers = response.headers
        headers.merge(to_any_origin if allows_any_origin(request.path) else always)
        if request_id := request.get(REQUEST_ID):
            headers["X-Request-Id"] = request_id
        headers.pop("Server", None)  # it names the versions of Python and aiohttp

    return set_headers
