"""Refusals as pages for people; programs get problem documents."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from admitone.domain.errors import Unauthenticated
from admitone.texts.message import message
from admitone.web.http.appkeys import REQUEST_ID, ROUTE
from admitone.web.http.html import respond_page
from admitone.web.http.locale import reader_of
from admitone.web.http.problems import STATUS, refusal_headers
from admitone.web.http.route import Access

if TYPE_CHECKING:
    from admitone.domain.errors import Refusal
    from admitone.domain.people.reader import Reader

SIGNED_OUT = message("You are signed out. Sign in, and do it again.")
HOSTS = ("/dashboard", "/auth/", "/invite/", "/oauth/")
"""The addresses of pages for hosts begin so."""
PROGRAMS = ("/api/", "/hooks/")
"""The addresses that programs call begin so."""


def wants_page(request: web.Request) -> bool:
    """Whether a person reads the answer: browsers accept HTML, and customers' addresses are pages."""
    if request.path.startswith(PROGRAMS):
        return False
    if is_dashboard(request):
        return True
    route = request.get(ROUTE)
    is_customers = route is not None and route.access is Access.CUSTOMER
    return is_customers or "text/html" in request.headers.get("Accept", "")


def refused_page(request: web.Request, refusal: Refusal) -> web.Response:
    """The page of a refusal, or a redirect to the sign-in if the dashboard needs one."""
    must_sign_in = isinstance(refusal, Unauthenticated) and is_dashboard(request)
    if must_sign_in and request.method in {"GET", "HEAD"} and not _is_scripts(request):
        start = f"/auth/google/start?{urlencode({'next': request.path_qs})}"
        return web.Response(status=303, headers={"Location": start})
    status, reader = STATUS[type(refusal)], _reader(request)
    sentences = [SIGNED_OUT] if must_sign_in else refusal.sentences()
    context = {
        "sentence": " ".join(reader.texts.say(one) for one in sentences),
        "id": None,
        "sign_in": must_sign_in or _is_signing_in(request),
    }
    response = respond_page(request, _template(request), context, status=status, reader=reader)
    response.headers.update(refusal_headers(refusal, status))
    return response


def _is_scripts(request: web.Request) -> bool:
    """Whether a script asks, which cannot follow to Google: it says itself that a sign-in is needed."""
    return request.headers.get("Sec-Fetch-Dest") == "empty"


def is_dashboard(request: web.Request) -> bool:
    """Whether the address belongs to the dashboard."""
    return request.path == "/dashboard" or request.path.startswith("/dashboard/")


def _is_signing_in(request: web.Request) -> bool:
    """Whether a sign-in has failed: the page then offers to sign in again."""
    return request.path.startswith("/auth/google/")


def _reader(request: web.Request) -> Reader:
    """Hosts read in a language that their other pages have."""
    is_hosts = request.path == "/" or request.path.startswith(HOSTS)
    return reader_of(request, "dashboard" if is_hosts else "customer")


def _template(request: web.Request) -> str:
    return "dashboard/refused.html" if is_dashboard(request) else "error.html"


def internal_page(request: web.Request) -> web.Response:
    """The page of an internal error; it says nothing about the cause."""
    reader = _reader(request)
    context = {
        "sentence": reader.texts.say(message("Something went wrong on this server.")),
        "id": request[REQUEST_ID],
        "sign_in": _is_signing_in(request),
    }
    return respond_page(request, _template(request), context, status=500, reader=reader)
