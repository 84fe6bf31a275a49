"""Forms whose sender names encodings, or breaks the form, and odd headers: none is an error of ours."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from tests.support.workflows.hook import Hook


@pytest.mark.parametrize(
    ("charset", "status"),
    [("UTF-8", 202), ("ISO-8859-1", 202), ("punycode", 422), ("idna", 422), ("unicode_escape", 422)],
)
@pytest.mark.parametrize("is_multipart", [False, True])
async def test_the_sender_of_a_form_does_not_choose_any_encoding_that_python_knows(
    hook: Hook, charset: str, status: int, *, is_multipart: bool
) -> None:
    kind, body = f"application/x-www-form-urlencoded; charset={charset}", b"customer.mail=a@b.test&a=\\ud800"
    if is_multipart:
        kind = "multipart/form-data; boundary=x"
        body = b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset="
        body += charset.encode() + b"\r\n\r\n\\ud800\r\n--x--\r\n"
    assert await hook.send(data=body, headers={"Content-Type": kind}) == status


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Disposition: form-data; name=_charset_\r\n\r\n" + b"u" * 40,
        b"Content-Disposition: form-data; name=a\r\n\r\n\xff",
        b"Content-Disposition: form-data\r\n\r\na",
        b"Content-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n--y--",
    ],
)
async def test_a_malformed_multipart_form_is_refused(hook: Hook, part: bytes) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert await hook.send(data=b"--x\r\n" + part + b"\r\n--x--\r\n", headers=kind) == 422


async def test_a_part_whose_encoding_for_transfer_is_unknown_is_read_as_it_is(hook: Hook) -> None:
    part = b'Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: x\r\n\r\na'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert await hook.send(data=b"--x\r\n" + part + b"\r\n--x--\r\n", headers=kind) == 202


async def test_a_form_has_a_limit_of_fields(hook: Hook) -> None:
    parts = b"".join(b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n" for _ in range(1001))
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert await hook.send(data=parts + b"--x--\r\n", headers=kind) == 413


async def test_an_id_of_a_delivery_may_be_any_bytes(hook: Hook) -> None:
    at = urlsplit(hook.url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    head = f"POST {at.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
    writer.write(head.encode() + b"Content-Length: 2\r\nIdempotency-Key: \xff\x80\r\n\r\n{}")
    assert (await reader.readline()).startswith(b"HTTP/1.1 202 ")
    writer.close()
