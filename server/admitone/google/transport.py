"""HTTP for google-api-python-client: every request is sent once.

The client's own transport, httplib2, repeats any request, also a POST, if the connection is lost before the
answer: an event would be inserted twice. With this transport, the caller decides what may be repeated.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httplib2

if TYPE_CHECKING:
    from collections.abc import Mapping

IDLE_SECONDS = 20
"""A connection that was idle for longer is not used again: servers close idle ones without notice."""
MAX_ANSWER = 16 * 1024 * 1024  # bytes


class AnswerTooLarge(http.client.HTTPException):
    """The answer is larger than any that we ask for."""


class GoogleTransport:
    """A replacement for `httplib2.Http`, used by one thread, with one connection that stays open.

    `timeout` is in seconds, for connecting and for each wait for data.
    """

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._tls: ssl.SSLContext | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._to: tuple[str, str] | None = None
        self._used_at = float("-inf")

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> tuple[httplib2.Response, bytes]:
        """The answer of any status; redirects are not followed.

        Raises OSError, TimeoutError among them, and `http.client.HTTPException`.
        """
        parts = urlsplit(uri)
        connection = self._connected(parts.scheme, parts.netloc)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        sent = {**(headers or {}), "accept-encoding": "identity"}
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, sent)
            answer = connection.getresponse()
            content = answer.read(MAX_ANSWER + 1)
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        if len(content) > MAX_ANSWER:
            self.close()
            raise AnswerTooLarge
        self._used_at = time.monotonic()
        return httplib2.Response(answer), content

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def abort(self) -> None:
        """Called from another thread: end the running request, which then raises."""
        socket_there = self._connection and self._connection.sock
        if socket_there:
            with suppress(OSError):
                socket_there.shutdown(socket.SHUT_RDWR)

    def _connected(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        is_idle = time.monotonic() - self._used_at > IDLE_SECONDS
        if is_idle or self._to != (scheme, netloc):
            self.close()
        if self._connection is None:
            self._connection = self._opened(scheme, netloc)
            self._to = scheme, netloc
        return self._connection

    def _opened(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        if scheme != "https":
            return http.client.HTTPConnection(netloc, timeout=self._timeout)
        self._tls = self._tls or ssl.create_default_context()
        return http.client.HTTPSConnection(netloc, timeout=self._timeout, context=self._tls)
