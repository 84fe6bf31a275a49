"""One connection of the server: what aiohttp decides below the middlewares.

aiohttp answers requests that it cannot parse in plain text, stops reading when the server stops, keeps any
number of connections, and waits for the head of a request for an hour.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import structlog
from aiohttp.http_exceptions import BadHttpMethod, HttpProcessingError, LineTooLong
from aiohttp.web_protocol import RequestHandler, RequestPayloadError

from admitone.domain.errors import HeaderTooLarge, MalformedRequest, MethodNotAllowed, UriTooLong
from admitone.texts.message import message
from admitone.web.http.headers import METHODS, SECURITY
from admitone.web.http.problems import refused

if TYPE_CHECKING:
    import asyncio

    from aiohttp.web import BaseRequest, Server, StreamResponse

    from admitone.domain.errors import Refusal
    from admitone.web.http.connections.connection_limits import ConnectionLimits

log = structlog.get_logger()

LONGEST_URI = 8192
"""Bytes of path and query at most. Different from `LONGEST_HEADER`: the limit tells which was exceeded."""
LONGEST_HEADER = 16_384
"""Bytes in the name and the value of one header together at most."""
HEAD_SECONDS = 10.0
"""For the head of a request, from its first byte; for the first one, from when the connection opens."""
IDLE_SECONDS = 75.0
"""Between two requests. Trusted proxies may wait as long as aiohttp lets them: they open connections anew."""
_TOO_MANY_HEADERS = "Too many headers received"


class Connection(RequestHandler):
    """A connection of `server`, whose handler serves what can be parsed; it counts towards `limits`."""

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop, limits: ConnectionLimits) -> None:
        super().__init__(
            server,
            loop=loop,
            access_log=None,  # type: ignore[arg-type]  # aiohttp's own way to have none
            max_line_size=LONGEST_URI,
            max_field_size=LONGEST_HEADER,
        )
        self._limits = limits
        self._address = ""
        self._head: asyncio.TimerHandle | None = None
        """Ends the connection if the head of the next request is not there in time."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Serve the connection, or close it at once if there are too many."""
        self._address = str((transport.get_extra_info("peername") or ("",))[0])
        if not self._limits.enter(self._address):
            self._manager = None  # as at aiohttp's end of a connection, which then does nothing
            cast("asyncio.Transport", transport).abort()
            return
        if not self._limits.is_unlimited(self._address):
            self._keepalive_timeout = IDLE_SECONDS
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Forget the connection."""
        if self._manager is not None:
            self._limits.leave(self._address)
        self._stop_awaiting_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes from the client; once the server stops, only those of bodies that are on their way.

        aiohttp ignores all bytes after `close`, so a handler would wait for its body until it is aborted.
        """
        if not self._close and not self._force_close:
            super().data_received(data)
            if self._has_request:
                self._stop_awaiting_head()
            elif data and self._head is None:
                self._await_head()
        elif self._parser is not None and not self._upgraded:
            with suppress(HttpProcessingError):
                self._parser.feed_data(data)  # the requests that it returns are new: nobody serves them

    @property
    def _has_request(self) -> bool:
        """Whether the head of a request is there that is not yet answered."""
        return bool(self._messages) or self._request_in_progress

    def _await_head(self) -> None:
        self._head = self._loop.call_later(HEAD_SECONDS, self._end_without_head)

    def _stop_awaiting_head(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _end_without_head(self) -> None:
        self._head = None
        if not self._has_request:
            self._limits.reached("head")
            self.force_close()

    def handle_error(
        self,
        request: BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> StreamResponse:
        """The answer to bytes that are not a request; the connection closes after it."""
        if isinstance(exc, UnicodeEncodeError):  # aiohttp repeats an unknown `Expect`, which may be no text
            refusal: Refusal = MalformedRequest()
        elif isinstance(exc, HttpProcessingError):
            refusal = _refusal(exc)
        else:
            return super().handle_error(request, status, exc, message)
        answer = refused(refusal)
        request_id = secrets.token_hex(8)
        log.info("malformed-request", request_id=request_id, code=refusal.code, status=answer.status)
        answer.headers.update(SECURITY)
        answer.headers["X-Request-Id"] = request_id
        answer.headers["Server"] = "admitone"  # otherwise aiohttp names the versions of itself and Python
        if isinstance(refusal, MethodNotAllowed):
            answer.headers["Allow"] = METHODS  # of the whole server: the address was not parsed
        answer.force_close()
        return answer

    def log_exception(self, *args: object, **details: object) -> None:
        """Write an unexpected error to the log; a body that does not decode is the client's error."""
        if not isinstance(details.get("exc_info"), RequestPayloadError):
            super().log_exception(*args, **details)


def _refusal(error: HttpProcessingError) -> Refusal:
    if isinstance(error, BadHttpMethod):
        return MethodNotAllowed(message("No address of this server supports that method."))
    if isinstance(error, LineTooLong):
        _, limit, _ = error.args
        return UriTooLong() if limit == LONGEST_URI else HeaderTooLarge()
    return HeaderTooLarge() if error.message == _TOO_MANY_HEADERS else MalformedRequest()
