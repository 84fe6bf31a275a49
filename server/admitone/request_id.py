"""The id of the request that is served now, or from which the job at hand follows: log lines have it.

A request passes it to its script, the script to its outbox entry, the entry to its jobs, and a job to its log
lines and to the messages that it sends to webhooks.
"""

from __future__ import annotations

from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def follow(request_id: str) -> None:
    """Let what this task does from now on have `request_id`; empty if no request caused it."""
    _current.set(request_id)


def current() -> str:
    """The id of the request that this task serves or follows; empty if there is none."""
    return _current.get()
