"""The headers of every answer."""

from __future__ import annotations

import pytest
from aiohttp import web

from tests.support.web.clients import client_of, open_route

PREFLIGHT = {
    "Origin": "https://app.example",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
}


async def hello(_: web.Request) -> web.Response:
    return web.Response(text="hello")


async def cached(_: web.Request) -> web.Response:
    return web.Response(text="hello", headers={"Cache-Control": "max-age=60"})


async def streamed(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    await answer.write(b"hello")
    return answer


ROUTES = (
    open_route("GET", "/page", hello),
    open_route("GET", "/cached", cached),
    open_route("GET", "/streamed", streamed),
    open_route("GET", "/api/v1/things/{id}", hello),
    open_route("POST", "/oauth/token", hello),
)


@pytest.mark.parametrize("path", ["/page", "/streamed", "/api/v1/things/1", "/nowhere"])
async def test_every_answer_is_secured(path: str) -> None:
    async with client_of(*ROUTES) as client, client.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "geolocation=()" in answer.headers["Permissions-Policy"]
        assert "Server" not in answer.headers


async def test_what_a_handler_sets_stays() -> None:
    async with client_of(*ROUTES) as client, client.get("/cached") as answer:
        assert answer.headers["Cache-Control"] == "max-age=60"


async def test_transport_security_is_demanded_on_https_only() -> None:
    async with client_of(*ROUTES) as client, client.get("/page") as answer:
        assert "Strict-Transport-Security" not in answer.headers
    async with (
        client_of(*ROUTES, PUBLIC_URL="https://book.example") as client,
        client.get("/page") as answer,
    ):
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/api/v1/things/1", "/api/v1/nowhere", "/oauth/token", "/oauth/revoke"])
async def test_a_script_of_any_site_may_call_the_api(path: str) -> None:
    async with client_of(*ROUTES) as client, client.get(path, headers=PREFLIGHT) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Access-Control-Expose-Headers"] == "Location, Retry-After"
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/api/v1/things/1", "/oauth/token", "/.well-known/oauth-authorization-server"]
)
async def test_a_preflight_is_answered(path: str) -> None:
    async with client_of(*ROUTES) as client, client.options(path, headers=PREFLIGHT) as answer:
        assert answer.status == 204
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, PUT, PATCH, DELETE"
        assert (
            answer.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type, Idempotency-Key"
        )


@pytest.mark.parametrize("path", ["/page", "/oauth/authorize", "/api/v1", "/api/openapi.json"])
async def test_no_other_path_lets_other_sites_in(path: str) -> None:
    async with client_of(*ROUTES) as client, client.options(path, headers=PREFLIGHT) as answer:
        assert answer.status in {404, 405}
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


async def test_options_that_is_no_preflight_is_405() -> None:
    async with client_of(*ROUTES) as client, client.options("/api/v1/things/1") as answer:
        assert answer.status == 405
