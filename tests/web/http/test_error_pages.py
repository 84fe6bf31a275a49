"""People get pages and programs get problem documents, whatever went wrong."""

from __future__ import annotations

import pytest
from aiohttp import web

from admitone.domain.errors import Busy, LinkBooked
from admitone.web.http.route import Access, Limit, Route
from tests.support.web.clients import client_of, open_route

PERSON = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
PROGRAM = {"Accept": "*/*"}


async def refuse(_: web.Request) -> web.Response:
    raise LinkBooked


async def busy(_: web.Request) -> web.Response:
    raise Busy


async def fail(_: web.Request) -> web.Response:
    raise KeyError("carla@customer.test")


async def long(request: web.Request) -> web.Response:
    headers = {"Content-Encoding": "identity"} if "packed" in request.query else {}
    return web.Response(text="x" * int(request.query["length"]), headers=headers)


ROUTES = (
    open_route("GET", "/refuse", refuse),
    open_route("GET", "/busy", busy),
    open_route("GET", "/fail", fail),
    open_route("GET", "/long", long),
    open_route("GET", "/api/v1/refuse", refuse),
    Route("GET", "/customer", busy, Access.CUSTOMER, Limit(body=0)),
)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/refuse", 410, "This link has already been used."),
        ("/busy", 503, "The service is busy. Try again in a moment."),
        ("/nowhere", 404, "There is nothing at this address."),
        ("/no/where", 404, "There is nothing at this address."),
        ("/fail", 500, "Something went wrong on this server."),
    ],
)
async def test_each_gets_what_it_reads(path: str, status: int, words: str) -> None:
    async with client_of(*ROUTES) as client:
        async with client.get(path, headers=PERSON) as answer:
            assert (answer.status, answer.content_type) == (status, "text/html")
            page = await answer.text()
            assert words in page
            assert ("Retry-After" in answer.headers) == (status == 503)
            assert "carla" not in page
            assert (answer.headers["X-Request-Id"] in page) == (status == 500)
        async with client.get(path, headers=PROGRAM) as answer:
            assert (answer.status, answer.content_type) == (status, "application/problem+json")


async def test_the_api_never_answers_with_a_page_and_a_customers_address_always_does() -> None:
    async with client_of(*ROUTES) as client:
        for path in ("/api/v1/refuse", "/api/v1/nowhere"):
            async with client.get(path, headers=PERSON) as answer:
                assert answer.content_type == "application/problem+json"
        async with client.get("/customer", headers=PROGRAM) as answer:
            assert (answer.status, answer.content_type) == (503, "text/html")


@pytest.mark.parametrize(
    ("query", "cookie", "encoding"),
    [
        ("length=5000", "", "gzip"),
        ("length=100", "", None),
        ("length=5000&packed=1", "", "identity"),
        ("length=5000", "admitone=" + "0" * 40, None),
    ],
)
async def test_what_is_long_is_compressed_but_not_for_a_session(
    query: str, cookie: str, encoding: str | None
) -> None:
    headers = {"Accept-Encoding": "gzip", "Cookie": cookie}
    async with client_of(*ROUTES) as client, client.get(f"/long?{query}", headers=headers) as answer:
        assert answer.headers.get("Content-Encoding") == encoding
