"""The headers that every answer carries, whatever made it: security, CORS, the request's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.http.appkeys import CONFIG, REQUEST_ID

if TYPE_CHECKING:
    from aiohttp import web

_SECURITY = {
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
_FRAMES = f"{_SECURITY['Content-Security-Policy']}; frame-src 'self'"
_HSTS = "max-age=31536000"  # not for subdomains: the deployment's domain may have others

_CORS_PREFIX = "/api/v1/"
_CORS_PATHS = {"/oauth/token", "/oauth/revoke", "/.well-known/oauth-authorization-server"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": "7200",
}


def allows_any_origin(path: str) -> bool:
    """Whether a script of any site may call this path. It carries no cookies, so it gains nothing by it."""
    return path.startswith(_CORS_PREFIX) or path in _CORS_PATHS


def with_frames(response: web.Response) -> web.Response:
    """The answer of a page that shows another of our own in a frame."""
    response.headers["Content-Security-Policy"] = _FRAMES
    return response


async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Complete an answer just before it is sent; what its handler has set stays."""
    headers = response.headers
    for name, value in _SECURITY.items():
        headers.setdefault(name, value)
    if request.app[CONFIG].public_url.startswith("https:"):
        headers["Strict-Transport-Security"] = _HSTS
    if allows_any_origin(request.path):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = "Retry-After"
    if request_id := request.get(REQUEST_ID):
        headers["X-Request-Id"] = request_id
    headers.pop("Server", None)  # it would name the versions of Python and aiohttp
