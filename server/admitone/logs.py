"""The log: one line for each event, with the request's id, and never personal data, codes or tokens.

Messages of exceptions and arguments of libraries' messages can contain any of these, so neither is written.
An exception is logged by its type and by the lines of its traceback.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TextIO

import msgspec
import structlog

from admitone.config import LogFormat

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from structlog.typing import EventDict, WrappedLogger

log = structlog.get_logger()


def configure(log_format: LogFormat, stream: TextIO = sys.stderr) -> None:
    """Write the log of this process to `stream`, with the warnings and errors of libraries."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            bare_exception,
            structlog.dev.ConsoleRenderer(colors=stream.isatty())
            if log_format is LogFormat.CONSOLE
            else structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,  # else loggers used before this call would keep their format
    )
    logging.basicConfig(handlers=[_OfLibraries()], level=logging.WARNING, force=True)


def log_unhandled(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The event loop's exception handler; asyncio's own message would contain the exception's."""
    log.error("unhandled", exc_info=context.get("exception"))


def bare_exception(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A processor: the exception becomes `error`, its types from the last to the first cause, and `trace`."""
    error: BaseException | None = event.pop("exc_info", None)
    if error is None:
        return event
    event["trace"] = [
        f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    types: list[str] = []
    while error is not None and len(types) < 8:  # noqa: PLR2004 - a chain may be a circle
        types.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    event["error"] = types
    return event


class _OfLibraries(logging.Handler):
    """Writes the messages of libraries in the same format, without their arguments."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        log.log(record.levelno, str(record.msg), logger=record.name, exc_info=error)


def _json(event: EventDict, default: Callable[[Any], Any], **_: object) -> str:
    return msgspec.json.encode(event, enc_hook=default).decode()
