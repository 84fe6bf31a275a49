"""Send one request to Google, with limits on time and size and without redirects."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
import msgspec

from admitone.google.errors import GoogleUnreachable, raise_for_fault

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)  # seconds
MAX_ANSWER = 256 * 1024  # bytes


class HttpAnswer(msgspec.Struct, frozen=True):
    """An answer of any status."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def send(
    http: aiohttp.ClientSession, method: str, url: str, *, form: Mapping[str, str] | None = None
) -> HttpAnswer:
    """Send a request; raises GoogleUnreachable if no complete answer of a sensible size comes in time."""
    try:
        async with http.request(method, url, data=form, timeout=TIMEOUT, allow_redirects=False) as answer:
            body = await _limited(answer)
    except TimeoutError:
        raise GoogleUnreachable("timeout") from None
    except aiohttp.ClientError as error:
        raise GoogleUnreachable(type(error).__name__) from None
    raise_for_fault(answer.status)
    return HttpAnswer(status=answer.status, headers=answer.headers, body=body)


async def _limited(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > MAX_ANSWER:
            raise GoogleUnreachable("answer too large")
    return bytes(body)
