"""Who is at the other end, through proxies that are trusted and past those that are not."""

from __future__ import annotations

import pytest
from aiohttp import web

from admitone.web.http.connections.client_address import client_address, known_address
from tests.support.web.clients import client_of, open_route


async def address(request: web.Request) -> web.Response:
    return web.Response(text=client_address(request))


async def seen(*forwarded: str, trusted: str) -> str:
    async with (
        client_of(open_route("GET", "/", address), TRUSTED_PROXIES=trusted) as client,
        client.get("/", headers=[("X-Forwarded-For", line) for line in forwarded]) as answer,
    ):
        return await answer.text()


async def test_nobody_is_believed_by_default() -> None:
    assert await seen("203.0.113.9", trusted="") == "127.0.0.1"
    assert await seen("203.0.113.9", trusted="10.0.0.0/8") == "127.0.0.1"


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        (["203.0.113.9"], "203.0.113.9"),
        (["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
        (["203.0.113.9, 10.1.2.3"], "203.0.113.9"),
        (["198.51.100.1", "203.0.113.9 , 10.1.2.3"], "203.0.113.9"),
        (["10.1.2.3"], "10.1.2.3"),
        (["2001:db8::1"], "2001:db8::1"),
        (["203.0.113.9, ::ffff:10.1.2.3"], "203.0.113.9"),
        (["unknown"], "127.0.0.1"),
        (["203.0.113.9, unknown"], "127.0.0.1"),
        ([""], "127.0.0.1"),
        ([], "127.0.0.1"),
    ],
)
async def test_trusted_proxies_are_believed_up_to_the_first_address_that_is_not_ours(
    forwarded: list[str], client: str
) -> None:
    assert await seen(*forwarded, trusted="127.0.0.1, 10.0.0.0/8") == client


async def known(*forwarded: tuple[str, str], trusted: str) -> str:
    async def tell(request: web.Request) -> web.Response:
        return web.Response(text=known_address(request) or "unknown")

    async with (
        client_of(open_route("GET", "/", tell), TRUSTED_PROXIES=trusted) as client,
        client.get("/", headers=forwarded) as answer,
    ):
        return await answer.text()


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"])
async def test_behind_a_proxy_that_is_not_trusted_the_client_is_unknown(header: str) -> None:
    assert await known((header, "203.0.113.9"), trusted="") == "unknown"
    assert await known((header, "127.0.0.1"), trusted="10.0.0.0/8") == "unknown"


async def test_a_trusted_proxy_must_say_who_the_client_is() -> None:
    trusted = "127.0.0.1, 10.0.0.0/8"
    assert await known(("X-Forwarded-For", "203.0.113.9"), trusted=trusted) == "203.0.113.9"
    assert await known(("X-Forwarded-For", "127.0.0.1"), trusted=trusted) == "127.0.0.1"
    assert await known(("X-Forwarded-For", "unknown, 10.1.2.3"), trusted=trusted) == "unknown"
    assert await known(("X-Forwarded-Proto", "https"), trusted=trusted) == "unknown"


async def test_without_any_proxy_the_peer_is_the_client() -> None:
    assert await known(trusted="") == "127.0.0.1"
    assert await known(trusted="127.0.0.1") == "127.0.0.1"
