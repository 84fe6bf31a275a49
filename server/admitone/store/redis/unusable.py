"""The error raised when no usable Redis can be found, started or reached."""

from __future__ import annotations


class RedisUnusableError(Exception):
    """No usable Redis; the message tells the operator what to do."""
