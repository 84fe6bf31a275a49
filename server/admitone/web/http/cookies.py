"""Cookies that only this server reads: no script sees them, and other sites' forms do not send them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.http.appkeys import CONFIG

if TYPE_CHECKING:
    from aiohttp import web


def set_cookie(
    request: web.Request,
    response: web.StreamResponse,
    name: str,
    value: str,
    *,
    max_age: int,
    path: str = "/",
) -> None:
    """Set a cookie for `max_age` seconds.

    SameSite=Lax: the browser sends the cookie when a link from a mail is followed, but not with a form that
    another site posts.
    """
    response.set_cookie(
        name, value, max_age=max_age, path=path, secure=is_https(request), httponly=True, samesite="Lax"
    )


def delete_cookie(request: web.Request, response: web.StreamResponse, name: str) -> None:
    """Delete a cookie that was set with the path `/`."""
    response.del_cookie(name, path="/", secure=is_https(request), httponly=True, samesite="Lax")


def is_https(request: web.Request) -> bool:
    """Whether browsers reach this server by https; cookies are then restricted to https."""
    return request.app[CONFIG].public_url.startswith("https:")


def bound_name(request: web.Request, name: str) -> str:
    """`name` with the prefix by which browsers let no other host set the cookie (RFC 6265bis, 4.1.3).

    Such a cookie needs https, no domain, and the path `/`.
    """
    return f"__Host-{name}" if is_https(request) else name
