"""The certificates that verify id tokens, cached for as long as Google says."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

import msgspec

from admitone.google.errors import GoogleUnreachable
from admitone.google.http import send

if TYPE_CHECKING:
    import aiohttp

DEFAULT_SECONDS = 300  # lifetime of an answer without Cache-Control
MAX_SECONDS = 24 * 3600
REFETCH_SECONDS = 10  # tokens with unknown keys cause a new request at most this often


class Certificates:
    """A small cache for one address; concurrent callers share one request."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.url = url
        self._http = http
        self._fetching: asyncio.Future[None] | None = None
        self._certificates: dict[str, str] = {}
        self._stale_at = float("-inf")
        self._refetched_at = float("-inf")

    async def for_key(self, key_id: str | None) -> dict[str, str]:
        """All certificates by key id; they are fetched again if `key_id` is not among them.

        Raises `GoogleUnreachable`.
        """
        now = time.monotonic()
        if now >= self._stale_at:
            await self._fetch_once()
        elif key_id not in self._certificates and now - self._refetched_at >= REFETCH_SECONDS:
            self._refetched_at = now
            await self._fetch_once()
        return self._certificates

    async def _fetch_once(self) -> None:
        """Join a running request and share its failure: waiting callers must not each try again."""
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.ensure_future(self._fetch())
            self._fetching.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.shield(self._fetching)

    async def _fetch(self) -> None:
        answer = await send(self._http, "GET", self.url)
        try:
            certificates = msgspec.json.decode(answer.body, type=dict[str, str])
        except msgspec.DecodeError:
            certificates = {}
        if answer.status != 200 or not certificates:  # noqa: PLR2004
            raise GoogleUnreachable("certificates")
        self._certificates = certificates
        self._stale_at = time.monotonic() + max_age(answer.headers.get("Cache-Control", ""))


def max_age(cache_control: str) -> int:
    """Seconds for which an answer may be cached (RFC 9111, section 5.2.2.1)."""
    if re.search(r"\bno-(store|cache)\b", cache_control, re.IGNORECASE):
        return 0
    found = re.search(r"\bmax-age=(\d{1,9})\b", cache_control, re.IGNORECASE)
    return min(int(found[1]), MAX_SECONDS) if found else DEFAULT_SECONDS
