"""Certificates: how long they are kept, and what is not taken for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from admitone.google.certificates import DEFAULT_SECONDS, MAX_SECONDS, Certificates, max_age
from admitone.google.errors import GoogleUnreachable
from admitone.google.http import MAX_ANSWER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Source:
    """An address with certificates, and how often it was asked."""

    def __init__(self) -> None:
        self.body = b'{"one": "PEM"}'
        self.headers: dict[str, str] = {}
        self.status = 200
        self.asked = 0
        self.url = ""

    async def handle(self, _: web.Request) -> web.Response:
        """Answer as told."""
        self.asked += 1
        return web.Response(status=self.status, body=self.body, headers=self.headers)


@pytest.fixture
async def source() -> AsyncIterator[Source]:
    source = Source()
    app = web.Application()
    app.router.add_get("/certs", source.handle)
    async with TestServer(app) as server:
        source.url = str(server.make_url("/certs"))
        yield source


@pytest.fixture
async def certificates(source: Source) -> AsyncIterator[Certificates]:
    async with aiohttp.ClientSession() as http:
        yield Certificates(http, source.url)


async def test_they_are_kept_as_long_as_they_may_be(source: Source, certificates: Certificates) -> None:
    source.headers = {"Cache-Control": "public, max-age=20000"}
    for _ in range(3):
        assert await certificates.for_key("one") == {"one": "PEM"}
    assert source.asked == 1


async def test_they_are_not_kept_longer(source: Source, certificates: Certificates) -> None:
    source.headers = {"Cache-Control": "max-age=0"}
    for _ in range(3):
        await certificates.for_key("one")
    assert source.asked == 3


async def test_an_unknown_key_asks_again_once(source: Source, certificates: Certificates) -> None:
    await certificates.for_key("one")
    source.body = b'{"one": "PEM", "two": "PEM"}'
    assert "two" in await certificates.for_key("two")
    for key_id in ("three", "four", None):
        assert "two" in await certificates.for_key(key_id)
    assert source.asked == 2


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"keys": []}'),
        (404, b'{"one": "PEM"}'),
        (302, b'{"one": "PEM"}'),
        (500, b'{"one": "PEM"}'),
        (200, b'{"one": "' + b"x" * MAX_ANSWER + b'"}'),
    ],
)
async def test_anything_else_is_not_taken_for_them(
    source: Source, certificates: Certificates, status: int, body: bytes
) -> None:
    source.status, source.body = status, body
    source.headers = {"Location": source.url} if status == 302 else {}
    with pytest.raises(GoogleUnreachable):
        await certificates.for_key("one")
    assert source.asked == 1
    source.status, source.body = 200, b'{"one": "PEM"}'
    assert await certificates.for_key("one") == {"one": "PEM"}


@pytest.mark.parametrize(
    ("cache_control", "seconds"),
    [
        ("public, max-age=20475, must-revalidate, no-transform", 20475),
        ("Max-Age=7", 7),
        ("max-age=999999999", MAX_SECONDS),
        ("no-store, max-age=7", 0),
        ("no-cache", 0),
        ("s-maxage=7", DEFAULT_SECONDS),
        ("max-age=-1", DEFAULT_SECONDS),
        ("max-age=soon", DEFAULT_SECONDS),
        ("", DEFAULT_SECONDS),
    ],
)
def test_how_long_an_answer_may_be_kept(cache_control: str, seconds: int) -> None:
    assert max_age(cache_control) == seconds
