"""The listening socket: from the first connection to the last answer."""

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

SHUTDOWN_SECONDS = 10.0  # for requests in flight; then they are cut off


class ListenError(Exception):
    """The address cannot be listened on; the text says which and why."""


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Serve `app`; yields the address, such as `http://127.0.0.1:8080`, once connections are accepted.

    Afterwards no more are accepted, requests in flight are finished, and the application's resources close
    in the reverse of their order.

    Raises:
        ListenError: the port is in use, or the address is not ours. What a resource raises comes through.
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
    """Bytes that are not HTTP come from the internet all day: one line without a trace, and no error."""
    if record.exc_info and isinstance(record.exc_info[1], HttpProcessingError):
        record.msg, record.args, record.exc_info = "malformed-request", (), None
        record.levelno, record.levelname = logging.INFO, "INFO"
    return True
