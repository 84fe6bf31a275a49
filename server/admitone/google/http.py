"""One bounded request to Google: a limit on time, on size, and no redirects."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
import msgspec

from admitone.google.errors import GoogleUnreachable

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)  # seconds
MAX_ANSWER = 256 * 1024  # bytes


class HttpAnswer(msgspec.Struct, frozen=True):
    """What came back, whatever its status."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def send(
    http: aiohttp.ClientSession, method: str, url: str, *, form: Mapping[str, str] | None = None
) -> HttpAnswer:
    """The answer to a request, or `GoogleUnreachable` when none comes whole, in time and of a sane size."""
    try:
        async with http.request(method, url, data=form, timeout=TIMEOUT, allow_redirects=False) as answer:
            body = await _limited(answer)
    except TimeoutError:
        raise GoogleUnreachable("timeout") from None
    except aiohttp.ClientError as error:
        raise GoogleUnreachable(type(error).__name__) from None
    if answer.status >= 500 or answer.status == 429:  # noqa: PLR2004
        raise GoogleUnreachable(f"status {answer.status}")
    return HttpAnswer(status=answer.status, headers=answer.headers, body=body)


async def _limited(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > MAX_ANSWER:
            raise GoogleUnreachable("answer too large")
    return bytes(body)
