"""OAuth over HTTP: the parameters of requests, and answers as JSON or redirects."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from admitone.domain.people.oauth import OAuthError
from admitone.web.http.body import read_body, respond_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from admitone.domain.people.oauth import Parameters

FORM = "application/x-www-form-urlencoded"
MOST_PARAMETERS = 50


def query_parameters(request: web.Request) -> Parameters:
    """The query's parameters."""
    return _grouped(request.query.items())


async def form_parameters(request: web.Request) -> Parameters:
    """The form's parameters; raises OAuthError, BodyTooLarge, BodyTooSlow."""
    if request.content_type != FORM:
        raise OAuthError("invalid_request", f"Send the parameters as {FORM}.")
    if "Authorization" in request.headers:
        raise OAuthError("invalid_client", "The client is public: it has no secret to authenticate with.")
    body = await read_body(request)
    try:
        given = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except ValueError:
        raise OAuthError("invalid_request", "The body is not a form in UTF-8.") from None
    return _grouped(given)


def redirect(address: str, parameters: Mapping[str, str], *, status: int = 302) -> web.Response:
    """Send the browser to `address` with `parameters` added to its query; after a POST, with status 303."""
    return web.Response(status=status, headers={"Location": with_parameters(address, parameters)})


def with_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """`address` with `parameters` added to its query."""
    separator = "&" if "?" in address else "?"
    return f"{address}{separator}{urlencode(parameters)}"


def refused(error: OAuthError) -> web.Response:
    """The answer of an endpoint to an error (RFC 6749, section 5.2)."""
    told = {"error": error.error, "error_description": error.description}
    if error.error == "invalid_client":
        return respond_json(told, status=401, headers={"WWW-Authenticate": "Basic"})
    return respond_json(told, status=400)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Parameters:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
