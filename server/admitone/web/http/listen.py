"""The server's listening socket and its life."""

from __future__ import annotations

import errno
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from admitone.setting_values import address_in_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SHUTDOWN_SECONDS = 10.0  # for requests in flight; then they are aborted


class ListenError(Exception):
    """The address cannot be listened on; the text says which and why."""


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Serve `app`; yields the address, such as `http://127.0.0.1:8080`, once connections are accepted.

    At the end no more connections are accepted, requests in flight are finished, and the application's
    resources close in reverse order.

    Raises:
        ListenError: the port is in use, or the address is not ours. Errors of resources pass through.
    """
    logging.getLogger("aiohttp.server").addFilter(_quiet_about_malformed)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    try:
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise ListenError(_sentence(error, host, port)) from error
        yield f"http://{address_in_url(*runner.addresses[0][:2])}"
    finally:
        await runner.cleanup()


def _sentence(error: OSError, host: str, port: int) -> str:
    where = address_in_url(host, port)
    if error.errno == errno.EADDRINUSE:
        return f"Another program listens on {where}. End it, or set ADMITONE_PORT to another port."
    return f"{where} cannot be listened on ({error.strerror}). Check ADMITONE_HOST and ADMITONE_PORT."


def _quiet_about_malformed(record: logging.LogRecord) -> bool:
    """Log bytes that are not HTTP as one line of information: they come from the internet all day."""
    if record.exc_info and isinstance(record.exc_info[1], HttpProcessingError):
        record.msg, record.args, record.exc_info = "malformed-request", (), None
        record.levelno, record.levelname = logging.INFO, "INFO"
    return True
