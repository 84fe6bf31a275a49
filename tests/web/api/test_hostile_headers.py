"""Headers that hold any bytes, which aiohttp decodes to lone surrogates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.web.raw_line import line_to

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

BYTES = (b"\xff", b"\xc3\xa9", b"\xed\xa0\x80", b"a" * 40 + b"\x80", b"\xff.\xff.\xff")
HEADERS = (
    b"Accept",
    b"Accept-Encoding",
    b"Accept-Language",
    b"Content-Type",
    b"Cookie",
    b"Idempotency-Key",
    b"If-None-Match",
    b"Origin",
    b"X-Forwarded-For",
    b"X-Request-Id",
)
PATHS = (b"/api/v1/me", b"/api/v1/book/demo", b"/.00000000000000000000", b"/dashboard", b"/healthz")


@pytest.mark.parametrize("credential", [b"", *(b"Bearer " + some for some in BYTES), *BYTES])
async def test_a_credential_of_any_bytes_is_not_known(deployment: Deployment, credential: bytes) -> None:
    async with line_to(deployment.url) as line:
        line.writer.write(b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: %b\r\n\r\n" % credential)
        answer = await line.answer()
    assert (answer.status, json.loads(answer.body)["type"]) == (401, "/problems/unauthenticated")


@pytest.mark.parametrize("name", HEADERS)
async def test_no_header_breaks_the_server(deployment: Deployment, admin: Api, name: bytes) -> None:
    key = f"Authorization: Bearer {admin.key}\r\n".encode()
    async with line_to(deployment.url) as line:
        for path in PATHS:
            for value in BYTES:
                for method in (b"GET", b"POST"):
                    head = b"%b %b HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n%b%b: %b\r\n\r\n"
                    line.writer.write(head % (method, path, key, name, value))
                    answer = await line.answer()
                    assert answer.status < 500, (method, path, value)


@pytest.mark.parametrize("expected", [b"100-continue", b"foo", b"\xff"])
async def test_what_a_client_expects_of_the_server_is_met_or_ignored(
    deployment: Deployment, expected: bytes
) -> None:
    async with line_to(deployment.url) as line:
        head = b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nExpect: %b\r\n\r\n" % expected
        line.writer.write(head)
        if expected == b"100-continue":
            assert (await line.reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
        answer = await line.answer()
    assert (answer.status, json.loads(answer.body)["type"]) == (401, "/problems/unauthenticated")
