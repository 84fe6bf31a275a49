"""Who is at the other end, through proxies that are trusted and past those that are not."""

from __future__ import annotations

import pytest
from aiohttp import web

from admitone.web.http.client_address import client_address
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
