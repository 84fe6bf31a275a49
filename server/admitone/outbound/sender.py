"""Posts to an address that a user gave us, and never into private networks.

The name is resolved here, every resolved address is checked, and the connection goes to one of the checked
addresses: a name that resolves differently a moment later has no effect. Redirects are not followed.
"""

from __future__ import annotations

import asyncio
import socket
import time
from typing import TYPE_CHECKING

import aiohttp
import msgspec
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from admitone.domain.retry_after import retry_after
from admitone.domain.webhooks.public_address import is_loopback, is_public
from admitone.texts.message import message, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ANSWER_WITHIN = 15.0
CONNECT_WITHIN = 5.0
LARGEST_HEADER = 8190
"""Bytes of an answer's header lines; the body is not read."""


class Unreachable(Exception):  # noqa: N818 - the name says what happened
    """There was no answer; `reason` is a sentence for administrators."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Reply(msgspec.Struct, frozen=True):
    """The answer; `retry_after` is the number of seconds in its Retry-After, None without one."""

    status: int
    retry_after: int | None


class Sender:
    """Calls other servers; `loopback` allows this machine's own addresses, for tests."""

    def __init__(self, *, loopback: bool = False, answer_within: float = ANSWER_WITHIN) -> None:
        self._loopback = loopback
        self._timeout = aiohttp.ClientTimeout(total=answer_within, connect=CONNECT_WITHIN)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Post `body`; raises Unreachable."""
        try:
            target = URL(url)  # parsed as the client does, so that the checked host is the one that is called
        except ValueError as error:
            raise Unreachable(message("Its address cannot be read.")) from error
        resolver = _Pinned(await self._addresses(target))
        connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, force_close=True)
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector,
                    timeout=self._timeout,
                    cookie_jar=aiohttp.DummyCookieJar(),
                    max_line_size=LARGEST_HEADER,
                    auto_decompress=False,
                ) as session,
                session.post(target, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                return Reply(answer.status, retry_after(answer.headers.get("Retry-After"), time.time()))
        except TimeoutError as error:
            raise Unreachable(message("It did not answer in time.")) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreachable(message("It could not be reached: %(why)s.", why=why(error))) from error

    async def _addresses(self, url: URL) -> list[ResolveResult]:
        host, port = url.raw_host or "", url.port or 0
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unreachable(message("Its name leads nowhere.")) from error
        addresses = [str(sockaddr[0]) for *_, sockaddr in found]
        if not addresses or not all(map(self._may_call, addresses)):
            raise Unreachable(message("It is in a private network, which is never called."))
        return [
            ResolveResult(
                hostname=host,
                host=str(sockaddr[0]),
                port=port,
                family=family,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for family, *_, sockaddr in found
        ]

    def _may_call(self, address: str) -> bool:
        return is_public(address) or (self._loopback and is_loopback(address))


class _Pinned(AbstractResolver):
    """Always answers with the checked addresses."""

    def __init__(self, addresses: Sequence[ResolveResult]) -> None:
        self._addresses = list(addresses)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return self._addresses

    async def close(self) -> None:
        return


def why(error: Exception) -> str:
    """The cause, in words for the owner of an endpoint."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return phrase("its certificate cannot be trusted")
    if isinstance(error, aiohttp.ClientSSLError):
        return phrase("it does not speak TLS as it should")
    if isinstance(error, aiohttp.ClientConnectorError):
        return phrase("nothing listens there")
    return message("the connection broke (%(error)s)", error=type(error).__name__)
