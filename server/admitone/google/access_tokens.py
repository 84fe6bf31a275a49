"""Access tokens by refresh token, cached until shortly before they expire.

https://developers.google.com/identity/protocols/oauth2/web-server#offline
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from admitone.google.answers import executed
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked, raise_for_fault

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.google.transport import GoogleTransport

MARGIN = 60
"""Seconds before its expiry at which a token is not used any more."""
MOST = 10_000
"""The most tokens that are cached."""


class _Token(msgspec.Struct, frozen=True):
    text: str
    until: float


class AccessTokens:
    """A cache for Google's token endpoint; concurrent callers for one user share one request."""

    def __init__(
        self,
        endpoint: str,
        client_id: str,
        client_secret: str,
        in_thread: Callable[[Callable[[GoogleTransport], _Token]], Awaitable[_Token]],
    ) -> None:
        self._endpoint = endpoint
        self._client = {"client_id": client_id, "client_secret": client_secret}
        self._in_thread = in_thread
        self._kept: OrderedDict[str, _Token] = OrderedDict()
        self._asking: dict[str, asyncio.Future[str]] = {}

    async def of(self, refresh_token: str) -> str:
        """A valid access token; raises GrantRevoked, GoogleRefused, GoogleUnreachable."""
        kept = self._kept.get(refresh_token)
        if kept is not None and time.monotonic() < kept.until:
            self._kept.move_to_end(refresh_token)
            return kept.text
        asking = self._asking.get(refresh_token)
        if asking is None:
            asking = self._asking[refresh_token] = asyncio.ensure_future(self._fetch(refresh_token))
            asking.add_done_callback(lambda done: self._settle(refresh_token, done))
        return await asyncio.shield(asking)

    def forget(self, refresh_token: str, token: str) -> None:
        """Remove `token` from the cache, unless a newer token has replaced it."""
        kept = self._kept.get(refresh_token)
        if kept is not None and kept.text == token:
            del self._kept[refresh_token]

    def _settle(self, refresh_token: str, done: asyncio.Future[str]) -> None:
        del self._asking[refresh_token]
        if not done.cancelled():
            done.exception()  # callers who waited got the exception; if none is left, asyncio would warn

    async def _fetch(self, refresh_token: str) -> str:
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token, **self._client}

        def fetch(transport: GoogleTransport) -> _Token:
            headers = {"content-type": "application/x-www-form-urlencoded"}
            answer, content = executed(
                lambda: transport.request(self._endpoint, "POST", urlencode(form), headers)
            )
            return _read(int(answer.status), content)

        token = await self._in_thread(fetch)
        self._kept[refresh_token] = token
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return token.text


class _Granted(msgspec.Struct):
    access_token: str
    expires_in: int


def _read(status: int, content: bytes) -> _Token:
    raise_for_fault(status)
    try:
        if status == 200:  # noqa: PLR2004
            granted = msgspec.json.decode(content, type=_Granted)
            return _Token(granted.access_token, time.monotonic() + granted.expires_in - MARGIN)
        error: Any = msgspec.json.decode(content, type=dict[str, Any]).get("error")
    except msgspec.DecodeError:
        raise GoogleUnreachable(f"no sense in an answer of status {status}") from None
    if error == "invalid_grant":
        raise GrantRevoked("invalid_grant")
    raise GoogleRefused("token-endpoint", status=status)
