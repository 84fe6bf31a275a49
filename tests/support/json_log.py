"""The log as JSON, in the test's own process."""

from __future__ import annotations

import io
import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog

from admitone import logs
from admitone.config import LogFormat
from admitone.request_id import follow

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def json_log() -> Iterator[io.StringIO]:
    """Write the log to what this yields; afterwards, the log and the request's id are as before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(LogFormat.JSON, stream)
    try:
        yield stream
    finally:
        follow("")
        structlog.reset_defaults()
        root.handlers[:] = handlers
        root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """The lines so far."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]
