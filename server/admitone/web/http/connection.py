"""One connection of the server: the two things that aiohttp decides below the middlewares.

aiohttp answers requests that it cannot parse in plain text, and stops reading when the server stops.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from aiohttp.http_exceptions import BadHttpMethod, HttpProcessingError, LineTooLong
from aiohttp.web_protocol import RequestHandler

from admitone.domain.errors import HeaderTooLarge, MalformedRequest, MethodNotAllowed, UriTooLong
from admitone.web.http.headers import METHODS, SECURITY
from admitone.web.http.problems import refused

if TYPE_CHECKING:
    import asyncio

    from aiohttp.web import BaseRequest, Server, StreamResponse

    from admitone.domain.errors import Refusal

log = structlog.get_logger()

LONGEST_URI = 8192
"""Bytes of path and query at most. Different from `LONGEST_HEADER`: the limit tells which was exceeded."""
LONGEST_HEADER = 16_384
"""Bytes in the name and the value of one header together at most."""
_TOO_MANY_HEADERS = "Too many headers received"


class Connection(RequestHandler):
    """A connection of `server`, whose handler serves what can be parsed."""

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            server,
            loop=loop,
            access_log=None,  # type: ignore[arg-type]  # aiohttp's own way to have none
            max_line_size=LONGEST_URI,
            max_field_size=LONGEST_HEADER,
        )

    def data_received(self, data: bytes) -> None:
        """Take bytes from the client; once the server stops, only those of bodies that are on their way.

        aiohttp ignores all bytes after `close`, so a handler would wait for its body until it is aborted.
        """
        if not self._close and not self._force_close:
            super().data_received(data)
        elif self._parser is not None and not self._upgraded:
            with suppress(HttpProcessingError):
                self._parser.feed_data(data)  # the requests that it returns are new: nobody serves them

    def handle_error(
        self,
        request: BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> StreamResponse:
        """The answer to bytes that are not a request; the connection closes after it."""
        if not isinstance(exc, HttpProcessingError):
            return super().handle_error(request, status, exc, message)
        refusal = _refusal(exc)
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


def _refusal(error: HttpProcessingError) -> Refusal:
    if isinstance(error, BadHttpMethod):
        return MethodNotAllowed("No address of this server supports that method.")
    if isinstance(error, LineTooLong):
        _, limit, _ = error.args
        return UriTooLong() if limit == LONGEST_URI else HeaderTooLarge()
    return HeaderTooLarge() if error.message == _TOO_MANY_HEADERS else MalformedRequest()
